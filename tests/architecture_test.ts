import assert from "node:assert/strict";
import { dirname, join, relative } from "node:path";
import { filesBelow, ROOT } from "./support/sources.ts";

/** Who may import whom. A folder may always import itself. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  "main.ts": ["src/command"],
  "src/launch": ["src/config.ts", "src/host_name.ts", "src/db", "src/postgres_embedded"],
  "src/command": [
    "src/config.ts",
    "src/plain_text.ts",
    "src/secrets.ts",
    "src/log.ts",
    "src/domain",
    "src/db",
    "src/postgres_embedded",
    "src/ingest",
    "src/report",
    "src/export",
    "src/states",
    "src/trends",
    "src/actions",
    "src/http",
    "src/sample",
    "src/zone_rules",
    "workers",
  ],
  "src/http": [
    "src/log.ts",
    "src/turn.ts",
    "src/host_name.ts",
    "src/domain",
    "src/db",
    "src/ingest",
    "src/report",
    "src/export",
    "src/states",
    "src/actions",
    "src/web",
  ],
  "src/web": [
    "src/log.ts",
    "src/domain",
    "src/db",
    "src/export",
    "src/report",
    "src/states",
    "src/trends",
    "src/actions",
  ],
  "src/states": ["src/log.ts", "src/turn.ts", "src/domain", "src/db", "src/report"],
  "src/trends": ["src/log.ts", "src/error_code.ts", "src/turn.ts", "src/domain", "src/db", "src/report"],
  "src/actions": ["src/log.ts", "src/domain", "src/db", "src/ingest", "src/report", "src/sample"],
  "src/report": ["src/log.ts", "src/turn.ts", "src/domain", "src/db", "src/export"],
  "src/export": ["src/domain"],
  "src/ingest": ["src/error_code.ts", "src/turn.ts", "src/domain", "src/db"],
  "src/sample": ["src/domain"],
  "src/zone_rules": ["src/domain"],
  "src/db": ["src/log.ts", "src/error_code.ts", "src/turn.ts", "src/domain"],
  "src/postgres_embedded": ["src/error_code.ts"],
  "src/config.ts": [
    "src/settings.ts",
    "src/sign_in_settings.ts",
    "src/secrets.ts",
    "src/db",
    "src/domain",
    "src/host_name.ts",
  ],
  "src/settings.ts": ["src/domain", "src/sign_in_settings.ts"],
  "src/sign_in_settings.ts": ["src/domain", "src/host_name.ts"],
  "src/log.ts": ["src/error_code.ts", "src/plain_text.ts", "src/domain"],
  "src/plain_text.ts": [],
  "src/secrets.ts": [],
  "src/error_code.ts": [],
  "src/turn.ts": [],
  "src/host_name.ts": [],
  "src/domain": [],
  "workers": ["src/report", "src/trends", "src/db", "src/domain", "src/error_code.ts", "src/host_name.ts"],
};

interface Source {
  readonly path: string;
  readonly text: string;
  /** Paths of our own files that it imports. */
  readonly imports: readonly string[];
  readonly packages: readonly string[];
}

async function readSources(): Promise<Source[]> {
  const paths = ["main.ts", ...await filesBelow("src"), ...await filesBelow("workers")];
  return await Promise.all(paths.map(async (path) => toSource(path, await Deno.readTextFile(join(ROOT, path)))));
}

function toSource(path: string, text: string): Source {
  const names = [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, name = ""]) => name);
  const own = names.filter((name) => name.startsWith("."));
  return {
    path,
    text: text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, ""),
    imports: own.map((name) => relative(ROOT, join(ROOT, dirname(path), name))).filter((name) => /\.tsx?$/.test(name)),
    packages: names.filter((name) => !name.startsWith(".")),
  };
}

function layerOf(path: string): string {
  const layer = Object.keys(MAY_IMPORT).find((name) => path === name || path.startsWith(`${name}/`));
  return layer ?? assert.fail(`${path} belongs to no layer`);
}

Deno.test("imports run one way down", async () => {
  for (const { path, imports } of await readSources()) {
    const from = layerOf(path);
    for (const target of imports) {
      const to = layerOf(target);
      assert(from === to || MAY_IMPORT[from]?.includes(to), `${path} must not import ${target}`);
    }
  }
});

Deno.test("no module imports itself over others", async () => {
  const sources = new Map((await readSources()).map((source) => [source.path, source]));
  const clear = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    assert(!trail.includes(path), `a circle: ${[...trail, path].join(" → ")}`);
    if (clear.has(path)) return;
    for (const next of sources.get(path)?.imports ?? []) visit(next, [...trail, path]);
    clear.add(path);
  };
  for (const path of sources.keys()) visit(path, []);
});

/** Rooms of a layer, each of which may import those before it alone. */
const ROOMS: readonly (readonly string[])[] = [
  ["src/domain/time", "src/domain/openings", "src/domain/polls", "src/domain/measures"],
  [
    "src/db/connection",
    "src/db/postgres",
    "src/db/audit",
    "src/db/stores",
    "src/db/calendars",
    "src/db/imports",
    "src/db/polls",
    "src/db/trends",
  ],
  [
    "src/ingest/faults",
    "src/ingest/text",
    "src/ingest/values",
    "src/ingest/rows",
    "src/ingest/entries",
    "src/ingest/locations",
    "src/ingest/holidays",
    "src/ingest/documents",
  ],
  ["src/http/kit", "src/http/guard", "src/http/answers", "src/http/service", "src/http/stores"],
  [
    "src/web/kit",
    "src/web/tags",
    "src/web/labels",
    "src/web/parts",
    "src/web/groups",
    "src/web/report",
    "src/web/sheet",
  ],
  ["src/web/kit", "src/web/tags", "src/web/parts", "src/web/state", "src/web/calendar", "src/web/store"],
  ["src/web/kit", "src/web/tags", "src/web/parts", "src/web/calendar", "src/web/exclusions"],
  ["src/web/kit", "src/web/tags", "src/web/parts", "src/web/calendar", "src/web/form"],
  ["src/web/kit", "src/web/parts", "src/web/data"],
];

Deno.test("rooms import rooms below them alone", async () => {
  const roomOf = (path: string, rooms: readonly string[]) => rooms.findIndex((room) => dirname(path) === room);
  for (const { path, imports } of await readSources()) {
    for (const rooms of ROOMS) {
      const from = roomOf(path, rooms);
      for (const target of imports) assert(from === -1 || roomOf(target, rooms) <= from, `${path} imports ${target}`);
    }
  }
});

Deno.test("no folder has more than sixteen files, values that are read apart", async () => {
  const counts = Map.groupBy((await readSources()).map(({ path }) => dirname(path)), (folder) => folder);
  for (const [folder, files] of counts) {
    if (folder !== "src/ingest/values") assert(files.length <= 16, `${folder} has ${files.length} files`);
  }
});

Deno.test("the domain is pure: no await, no clock, no I/O, and of npm only Temporal", async () => {
  const impure =
    /\b(async|await|Deno|fetch|performance|process|setTimeout|console|crypto)\b|Date\.now|new Date\(\)|Math\.random|Temporal\.Now/;
  for (const { path, text, packages } of await readSources()) {
    if (layerOf(path) !== "src/domain") continue;
    assert.doesNotMatch(text, impure, path);
    assert.deepEqual(packages.filter((name) => name !== "temporal-polyfill"), [], path);
  }
});

/** What changes data, by the name under which a module imports it. Actions have some of these names themselves. */
const WRITES = [
  /import \{[^}]*\b(cancelReport|deleteReports|removeStore|insertReport|claimKey|startImport)\b[^}]*\} from "[./]+\/db\//,
  /import \{[^}]*\b(dropPartitionsBefore|removePollsAfter|mergePolls|repairPolls)\b[^}]*\} from "[./]+\/db\//,
  /import \{[^}]*\b(insertExclusion|updateExclusion|setExclusionStores|withdraw|recordChange)\b[^}]*\} from "[./]+\/db\//,
  /import \{[^}]*\b(putSpecialDate|removeSpecialDate|replaceVersions|updateDetails)\b[^}]*\} from "[./]+\/db\//,
  /import \{[^}]*\b(importFile|ingestPolls)\b[^}]*\} from "[./]+\/ingest\//,
];

Deno.test("HTTP, pages and commands change data through actions alone, which know the actor", async () => {
  for (const { path, text } of await readSources()) {
    if (!["src/http", "src/web", "src/command"].includes(layerOf(path))) continue;
    for (const write of WRITES) assert.doesNotMatch(text, write, path);
  }
});

Deno.test("SQL stands in src/db alone", async () => {
  for (const { path, text } of await readSources()) {
    if (layerOf(path) === "src/db") continue;
    assert.doesNotMatch(text, /\b(sql|tx)(<[^`]*>)?`|\.unsafe\(/, path);
  }
});

Deno.test("one file alone reads settings; another hands PATH on to a shell", async () => {
  for (const { path, text } of await readSources()) {
    if (path === "src/postgres_embedded/home.ts") {
      assert.deepEqual(text.match(/Deno\.env[^)]*\)/g), ['Deno.env.get("PATH")']);
    } else if (path !== "src/config.ts") assert.doesNotMatch(text, /Deno\.env|process\.env/, path);
  }
});

Deno.test("offsets come from the zone rules alone: neither the runtime nor Postgres is asked for those of a zone", async () => {
  const asking =
    /toZonedDateTime|getTimeZoneTransition|offsetNanoseconds|disambiguation|timeZone: (?!"UTC")|at time zone (?!'UTC')/;
  const folder = "src/db/migrations";
  const migrations = await Array.fromAsync(Deno.readDir(join(ROOT, folder)), async ({ name }) => ({
    path: `${folder}/${name}`,
    text: await Deno.readTextFile(join(ROOT, folder, name)),
  }));
  for (const { path, text } of [...await readSources(), ...migrations]) {
    if (path !== "src/zone_rules/runtime.ts") assert.doesNotMatch(text, asking, path);
  }
});
