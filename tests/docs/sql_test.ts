import assert from "node:assert/strict";
import { writeSample } from "../../src/sample/write_sample.ts";
import { openTestDatabase } from "../support/database.ts";
import { environmentOf, runTask } from "../support/run_task.ts";
import { makeTempFolder } from "../support/temp_folder.ts";
import { readPage } from "./page.ts";

Deno.test("each SQL statement of the documentation works on the sample, and finds something", async (t) => {
  await using folder = await makeTempFolder();
  await writeSample(folder.path, { stores: 300, days: 8, seed: 1 });
  const { sql, address, close } = await openTestDatabase();
  try {
    const { code, err } = await runTask("load", [folder.path], environmentOf(address));
    assert.equal(code, 0, err);
    const [some] = await sql<{ store: string }[]>`
      select store_id as store from stores join poll_days using (store_key) where day = '2023-01-24' limit 1`;
    const statements = [...(await readPage("docs/database.md")).matchAll(/^```sql\n([\s\S]*?)^```/gm)];
    assert.ok(statements.length >= 5);
    for (const [, statement = ""] of statements) {
      await t.step(statement.split("\n")[0] ?? "", async () => {
        const rows = await sql.unsafe(statement.replace(/polls_of\('\d+'/, `polls_of('${some?.store}'`));
        assert.ok(rows.length > 0);
      });
    }
  } finally {
    await close();
  }
});
