import assert from "node:assert/strict";
import { plainText } from "../../src/plain_text.ts";
import { runTask } from "../support/run_task.ts";
import { makeTempFolder } from "../support/temp_folder.ts";

const PASSWORD = "correct horse/battery";
const NOWHERE = `postgres://me:${encodeURIComponent(PASSWORD)}@127.0.0.1:1/x`;

Deno.test("no command says a password, whatever is wrong with its address", async () => {
  await using folder = await makeTempFolder();
  const cases: Record<string, string>[] = [
    { DATABASE_URL: NOWHERE },
    { DATABASE_URL: NOWHERE.replace("postgres:", "mysql:") },
    { DATABASE_URL: `${NOWHERE}?sslmode=nonsense` },
    { DATABASE_URL: NOWHERE.replace("127.0.0.1:1", "127.0.0.1:99999") },
    { DATABASE_URL: NOWHERE, MIGRATE_DATABASE_URL: `${NOWHERE}%` },
    { PGHOST: "127.0.0.1", PGPORT: "1", PGPASSWORD: PASSWORD },
  ];
  for (const env of cases) {
    const { code, out, err } = await runTask("report", [], { ...env, REPORTS_DIR: folder.path });
    assert.notEqual(code, 0);
    assert.match(err, /^storewatch: /m);
    assert.doesNotMatch(out + err, /correct|battery/, JSON.stringify(env));
  }
});

Deno.test("the name of a file gives no commands to the terminal", async () => {
  await using folder = await makeTempFolder();
  const name = `${folder.path}/\x1b]0;title\x07\u009b2J.csv`;
  const unknown = await runTask("load", ["--kind", "polls", name, "--kind=\x1b[2J"], {});
  assert.equal(unknown.code, 2);
  assert.equal(unknown.err, plainText(unknown.err));
  const missing = await runTask("load", ["polls", name], { STOREWATCH_DATA: `${folder.path}/data` });
  assert.equal(missing.code, 1);
  assert.match(missing.err, /title/);
  assert.equal(missing.err, plainText(missing.err));
});
