import assert from "node:assert/strict";
import { UUID_PATTERN } from "../../src/domain/uuid.ts";
import { openTestDatabase } from "../support/database.ts";
import { commandOf, environmentOf, startTask } from "../support/run_task.ts";
import { makeTempFolder } from "../support/temp_folder.ts";
import { pagePaths, readPage, ROOT } from "./page.ts";

const REPORT_ID = new RegExp(`${UUID_PATTERN}|<report_id>`, "g");

/** What a reader runs: `curl`, and `deno task sample`, which writes the files for it. A backslash continues a line. */
function commandsOf(page: string): string[] {
  const consoles = [...page.matchAll(/^```(?:console|sh)\n([\s\S]*?)^```/gm)].map(([, text = ""]) => text);
  const lines = consoles.flatMap((text) => text.replaceAll(/\\\n\s*/g, "").match(/^(\$ |\s+(?=curl )).*$/gm) ?? []);
  return lines.map((line) => line.replace(/^\$?\s+/, "")).filter((line) => /\bcurl\b|^deno task sample\b/.test(line));
}

/** The commands of all pages, those of the guide to HTTP first: the others use what it loads. */
async function commandsOfAll(): Promise<string[]> {
  const [guide, ...others] = (await pagePaths()).sort((a, b) => Number(isGuide(b)) - Number(isGuide(a)));
  assert.ok(guide !== undefined && isGuide(guide));
  const pages = await Promise.all([guide, ...others].map(readPage));
  return pages.flatMap(commandsOf);
}

function isGuide(path: string): boolean {
  return path === "docs/http.md";
}

/** What `deno task` starts, from the project's folder. */
const LAUNCHER = "src/launch/main.ts";

/** `deno task sample` in any folder, with the Deno of this process. */
function sampleCommand(): string {
  const path = (arg: string) => arg === LAUNCHER ? `${ROOT}${LAUNCHER}` : arg;
  return commandOf("sample", []).map((arg) => `'${path(arg)}'`).join(" ");
}

/** Runs a command in a folder. An answer of 400 and above is a failure, here and for each part of a pipe. */
async function run(command: string, cwd: string): Promise<string> {
  const script = `set -eo pipefail; curl() { command curl --fail-with-body "$@"; }; ${command}`;
  const { code, stdout, stderr } = await new Deno.Command("bash", { args: ["-c", script], cwd }).output();
  const out = new TextDecoder().decode(stdout);
  assert.equal(code, 0, `${command}\n${out}${new TextDecoder().decode(stderr)}`);
  return out;
}

Deno.test("each curl command of the documentation works, one after the other, on files that a reader can make", async (t) => {
  await using folder = await makeTempFolder();
  const { address, close } = await openTestDatabase();
  await using service = startTask("start", [], {
    ...environmentOf(address),
    REPORTS_DIR: `${folder.path}/reports`,
    PORT: "0",
  });
  const [, base = ""] = await service.says(/"listening","url":"([^"]+)"/);
  const commands = await commandsOfAll();
  assert.ok(commands.length >= 15, commands.join("\n"));
  let reportId = "";
  for (const command of commands) {
    await t.step(command.slice(0, 120), async () => {
      const here = command.replaceAll(/(http:\/\/)?(localhost|127\.0\.0\.1):8000/g, base)
        .replaceAll(REPORT_ID, reportId).replace(/^deno task sample/, sampleCommand());
      const answer = await run(here, folder.path);
      reportId = /"report_id":"([^"]+)"/.exec(answer)?.[1] ?? reportId;
      if (/^gzip|curl .*@data/.test(command)) assert.match(answer, /"status":"loaded"/);
      if (/\/metrics$/.test(command)) await isDocumented(answer);
      // The report that was broken off and resumed is the whole one.
      if (/curl .*-C -/.test(command)) {
        const whole = await fetch(`${base}/get_report/${reportId}`).then((answer) => answer.text());
        assert.ok(whole.length > 5_000);
        assert.equal(await Deno.readTextFile(`${folder.path}/report.csv`), whole);
      }
    });
  }
  service.kill("SIGTERM");
  await service.ended();
  await close();
});

/** The page of metrics names each metric that the service has, with its labels, and no other. */
async function isDocumented(metrics: string): Promise<void> {
  const has = [...metrics.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
  const page = await readPage("docs/metrics.md");
  const named = [...page.matchAll(/^\| `(\w+)(?:\{.*\})?`/gm)].map(([, name]) => name);
  assert.deepEqual(named.sort(), has.sort());
}
