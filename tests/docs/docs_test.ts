import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import project from "../../deno.json" with { type: "json" };
import tests from "../deno.json" with { type: "json" };
import extras from "../bench/extras/deno.json" with { type: "json" };
import openapi from "../openapi/deno.json" with { type: "json" };
import { readConfig } from "../../src/config.ts";
import { PRESETS, SETTINGS } from "../../src/settings.ts";
import { headingsOf } from "./contents.ts";
import { madePage, pagePaths, readPage, ROOT } from "./page.ts";

Deno.test("parts of the documentation that repeat the code are made from it: run `deno task docs`", async () => {
  for (const path of await pagePaths()) {
    const page = await readPage(path);
    assert.equal(page, await madePage(page), path);
  }
});

Deno.test("each page but the front door begins with a list of its contents", async () => {
  for (const path of await pagePaths()) {
    if (path !== "README.md") {
      assert.match(await readPage(path), /^# .+\n[^#]*\n## Contents\n\n<!-- made: contents -->/, path);
    }
  }
});

Deno.test("README is a front door: at most 200 lines", async () => {
  const lines = (await readPage("README.md")).trimEnd().split("\n").length;
  assert.ok(lines <= 200, `${lines} lines`);
});

Deno.test("each link of the documentation leads to a file and a heading that exist", async () => {
  for (const path of [...await pagePaths(), "CHANGELOG.md", "src/domain/README.md"]) {
    for (const [, link = ""] of (await readPage(path)).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (!/^https?:/.test(link)) await leadsSomewhere(path, link);
    }
  }
});

async function leadsSomewhere(path: string, link: string): Promise<void> {
  const [file = "", anchor] = link.split("#");
  const target = file === "" ? path : join(dirname(path), file);
  assert.ok(await Deno.stat(`${ROOT}${target}`).catch(() => undefined), `${path} links to ${link}`);
  if (anchor === undefined) return;
  const anchors = headingsOf(await readPage(target)).map((heading) => heading.anchor);
  assert.ok(anchors.includes(anchor), `${path} links to ${link}`);
}

/** The variables that are read, whatever database they name. */
function variablesRead(): Set<string> {
  const read = new Set<string>();
  for (const given of [{}, { DATABASE_URL: "postgres://localhost/a" }, { PGHOST: "localhost" }]) {
    readConfig(
      new Proxy<Record<string, string | undefined>>(given, {
        get: (target, name) => {
          read.add(String(name));
          return Reflect.get(target, name);
        },
      }),
    );
  }
  return read;
}

Deno.test("each variable that is read is documented, but HOME and those that are refused, and no other", async () => {
  const refused = (name: string) => {
    try {
      readConfig({ PGHOST: "localhost", [name]: "1" });
      return false;
    } catch (error) {
      return error instanceof RangeError && /cannot follow|can do only/.test(error.message);
    }
  };
  const documented = [...variablesRead()].filter((name) => name !== "HOME" && !refused(name));
  assert.deepEqual(documented.sort(), Object.keys(SETTINGS).sort());
  const page = await readPage("docs/settings.md");
  for (const [name, preset] of Object.entries(PRESETS)) {
    assert.match(page, new RegExp(`^\\| \`${name}\` .* \`${preset}\` \\|$`, "m"));
  }
});

Deno.test("each package has a row in the page of dependencies, and each row is a package", async () => {
  const packages = [project, tests, extras, openapi].flatMap(({ imports }) => Object.keys(imports));
  const rows = (await readPage("docs/dependencies.md")).matchAll(/^\| (`.+?`) \| /gm);
  const named = [...rows].flatMap(([, cell = ""]) => cell.split(", ").map((name) => name.replaceAll("`", "")));
  assert.deepEqual(named.sort(), [...new Set(packages)].sort());
});

Deno.test("the map of the code in README shows each folder of src, and files that are there", async () => {
  const [, map = ""] = /## Map of the code[^]*?```\n([^]*?)```/.exec(await readPage("README.md")) ?? [];
  const shown = [...map.matchAll(/^src\/(\S+?)\/? /gm)].map(([, name = ""]) => name);
  const entries = await Array.fromAsync(Deno.readDir(`${ROOT}src`));
  const folders = entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name);
  const names = entries.map(({ name }) => name);
  assert.deepEqual(folders.filter((name) => !shown.includes(name)), []);
  assert.deepEqual(shown.filter((name) => !names.includes(name)), []);
});

Deno.test("README, CI and the image use one version of Deno, and the image copies all that a service needs", async () => {
  const [readme = "", ci = "", image = "", ignore = ""] = await Promise.all(
    ["README.md", ".ci/run", "Dockerfile", ".dockerignore"].map(readPage),
  );
  const version = /^FROM denoland\/deno:(\S+)$/m.exec(image)?.[1] ?? assert.fail("no version");
  for (const text of [readme, ci]) {
    assert.deepEqual([...new Set([...text.matchAll(/deno@([\d.]+\d)/g)].map(([, used]) => used))], [version]);
  }
  const copied = [...image.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, paths = ""]) => paths.split(" "));
  assert.deepEqual(copied.sort(), ["deno.json", "deno.lock", "main.ts", "src", "workers"]);
  assert.deepEqual([...ignore.matchAll(/^!(.+)$/gm)].map(([, path]) => path).sort(), copied);
  assert.match(await readPage("docker-compose.yml"), /^ {4}build: \.$/m);
});
