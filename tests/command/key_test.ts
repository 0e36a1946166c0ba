import assert from "node:assert/strict";
import { isKeyText } from "../../src/db/access/key_text.ts";
import { findKey } from "../../src/db/access/keys.ts";
import { openTestDatabase } from "../support/database.ts";
import { environmentOf, runTask, startTask } from "../support/run_task.ts";
import { makeTempFolder } from "../support/temp_folder.ts";

Deno.test("key makes keys, lists and revokes them, and the service listens elsewhere once there is one", async () => {
  const database = await openTestDatabase();
  await using folder = await makeTempFolder();
  const env = { ...environmentOf(database.address), REPORTS_DIR: folder.path, HOST: "0.0.0.0", PORT: "0" };
  try {
    const refused = await runTask("start", [], env);
    assert.equal(refused.code, 2);
    assert.match(
      refused.err,
      /HOST is "0\.0\.0\.0".*deno task key add NAME.*HOST=127\.0\.0\.1.*OIDC_ISSUER.*--insecure/,
    );

    const args = ["add", "till 7", "--scope", "ingest,read", "--where", "region:West", "--expires", "90d"];
    const made = await runTask("key", args, env);
    assert.equal(made.code, 0, made.err);
    const key = made.out.trim();
    assert.ok(isKeyText(key));
    assert.match(made.err, /"till 7".*shown this once/);
    assert.deepEqual((await findKey(database.sql, key))?.where, { region: ["West"] });

    const list = await runTask("key", ["list"], env);
    assert.match(list.out, /^name .*\ntill 7 +read,ingest +region:West +sw_\w{4}… .* valid\n$/);
    assert.ok(!list.out.includes(key));

    await using service = startTask("start", [], env);
    const [, url = ""] = await service.says(/"url":"([^"]+)"/);
    const local = url.replace("0.0.0.0", "127.0.0.1");
    const statusOf = async (headers: Record<string, string>) => {
      const answer = await fetch(`${local}/stores`, { headers });
      await answer.body?.cancel();
      return answer.status;
    };
    assert.equal(await statusOf({}), 401);
    assert.equal(await statusOf({ authorization: `Bearer ${key}` }), 200);
    const revoked = await runTask("key", ["revoke", "till 7"], env);
    assert.equal(revoked.out, 'The key "till 7" is revoked.\n');
    assert.equal(await statusOf({ authorization: `Bearer ${key}` }), 401);
    service.kill("SIGTERM");
    await service.ended();
  } finally {
    await database.close();
  }
});

Deno.test("key says what is wrong with its arguments before it opens a database", async () => {
  const env = { DATABASE_URL: "postgres://me@127.0.0.1:1/none" };
  const wrong: [string[], RegExp][] = [
    [["add", "x", "--scope", "write"], /"write" is not a scope. The scopes are read, request/],
    [["add", "x", "--scope", "read", "--where", "West"], /must be a tag and a value such as region:West/],
    [["add", "x", "--scope", "read", "--expires", "soon"], /90d or 12h/],
    [["add", "x"], /required option '--scope/],
  ];
  for (const [args, expected] of wrong) {
    const { code, err } = await runTask("key", args, env);
    assert.equal(code, 2, err);
    assert.match(err, expected);
  }
});
