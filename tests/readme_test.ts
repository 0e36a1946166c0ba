import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { writeSample } from "../src/sample/write_sample.ts";
import { gzip } from "./support/csv_file.ts";
import { openTestDatabase } from "./support/database.ts";
import { environmentOf, startTask } from "./support/run_task.ts";
import { makeTempFolder, type TempFolder } from "./support/temp_folder.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** So many stores make a CSV that is longer than the part of it that README downloads first. */
const SAMPLE = { stores: 8_000, days: 1, seed: 1 };
const FILES: Readonly<Record<string, string>> = {
  "timezones.csv.gz": "timezones.csv",
  "menu_hours.csv.gz": "menu_hours.csv",
  "store_status.csv.gz": "store_status.csv",
};

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|<report_id>/g;

/** The curl commands of a page: after a prompt, or as a command prints them. A backslash continues a line. */
function curlsOf(page: string): string[] {
  const consoles = [...page.matchAll(/^```(?:console|sh)\n([\s\S]*?)^```/gm)].map(([, text = ""]) => text);
  const commands = consoles.flatMap((text) => text.replaceAll(/\\\n\s*/g, "").match(/^(\$ |\s+(?=curl )).*$/gm) ?? []);
  return commands.map((line) => line.replace(/^\$?\s+/, "")).filter((line) => /\bcurl\b/.test(line));
}

async function pages(): Promise<string[]> {
  const docs = await Array.fromAsync(Deno.readDir(`${ROOT}docs`), ({ name }) => `docs/${name}`).catch(() => []);
  const paths = ["README.md", ...docs.sort().filter((path) => path.endsWith(".md"))];
  return await Promise.all(paths.map((path) => Deno.readTextFile(`${ROOT}${path}`)));
}

async function makeData(folder: TempFolder): Promise<void> {
  await Deno.mkdir(`${folder.path}/data`);
  await writeSample(`${folder.path}/data`, SAMPLE);
  for (const [packed, plain] of Object.entries(FILES)) {
    await Deno.writeFile(`${folder.path}/data/${packed}`, gzip(await Deno.readFile(`${folder.path}/data/${plain}`)));
  }
}

/** Runs a command in a folder. An answer of 400 and above is a failure, here and for each part of a pipe. */
async function run(command: string, cwd: string): Promise<string> {
  const script = `set -eo pipefail; curl() { command curl --fail-with-body "$@"; }; ${command}`;
  const { code, stdout, stderr } = await new Deno.Command("bash", { args: ["-c", script], cwd }).output();
  const out = new TextDecoder().decode(stdout);
  assert.equal(code, 0, `${command}\n${out}${new TextDecoder().decode(stderr)}`);
  return out;
}

Deno.test("each curl command of the documentation works, one after the other, against a real service", async (t) => {
  await using folder = await makeTempFolder();
  await makeData(folder);
  const { address, close } = await openTestDatabase();
  await using service = startTask("start", [], {
    ...environmentOf(address),
    REPORTS_DIR: `${folder.path}/reports`,
    PORT: "0",
  });
  const [, base = ""] = await service.says(/"listening","url":"([^"]+)"/);
  const commands = (await pages()).flatMap(curlsOf);
  assert.ok(commands.length >= 12, commands.join("\n"));
  let reportId = "";
  for (const command of commands) {
    await t.step(command.slice(0, 120), async () => {
      const here = command.replaceAll(/(http:\/\/)?(localhost|127\.0\.0\.1):8000/g, base).replaceAll(UUID, reportId);
      const answer = await run(here, folder.path);
      reportId = /"report_id":"([^"]+)"/.exec(answer)?.[1] ?? reportId;
      // The report that was broken off and resumed is the whole one.
      if (/curl .*-C -/.test(command)) {
        const whole = await fetch(`${base}/get_report/${reportId}`).then((answer) => answer.text());
        assert.equal(await Deno.readTextFile(`${folder.path}/report.csv`), whole);
      }
    });
  }
  service.kill("SIGTERM");
  await service.ended();
  await close();
});
