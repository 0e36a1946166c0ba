import assert from "node:assert/strict";
import { isCurrent, migrate } from "../../src/db/postgres/migrate.ts";
import { pathToFileURL } from "node:url";
import { databaseTest } from "../support/database.ts";
import { schemaOf } from "../support/old_schema.ts";
import { makeTempFolder } from "../support/temp_folder.ts";

const FOLDER = new URL("../../src/db/migrations/", import.meta.url);

databaseTest(
  "a database that knows no checksums gets that of every migration",
  async ({ sql }) => {
    await schemaOf(sql, 5);
    await migrate(sql);
    const rows = await sql<
      { name: string; checksum: string }[]
    >`select name, checksum from migrations order by version`;
    for (const { name, checksum } of rows) {
      const hash = await crypto.subtle.digest(
        "SHA-256",
        await Deno.readFile(new URL(name, FOLDER)),
      );
      assert.equal(checksum, new Uint8Array(hash).toHex(), name);
    }
    assert.ok(rows.length > 5);
  },
);

databaseTest(
  "a migration that changed after it was applied is refused; other line ends are no change",
  async ({ sql }) => {
    await using folder = await makeTempFolder();
    const copies = pathToFileURL(`${folder.path}/`);
    for await (const { name } of Deno.readDir(FOLDER)) {
      await Deno.copyFile(
        new URL(name, FOLDER),
        new URL(name, copies),
      );
    }
    await migrate(sql, copies);
    const file = new URL("0004_functions.sql", copies);
    const text = await Deno.readTextFile(file);
    await Deno.writeTextFile(file, text.replaceAll("\n", "\r\n"));
    await migrate(sql, copies);
    await Deno.writeTextFile(file, `${text}-- changed\n`);
    const message =
      /^Migration 0004_functions\.sql changed after .* [0-9a-f]{64}, but .* [0-9a-f]{64}\. Restore the file/;
    await assert.rejects(migrate(sql, copies), { message });
  },
);

databaseTest(
  "hours that are there already are in their stores' hours after an update",
  async ({ sql }) => {
    await schemaOf(sql, 5);
    assert.equal(await isCurrent(sql), false);
    await sql`insert into stores (store_id) values ('a'), ('b'), ('c')`;
    await sql`insert into business_hours select store_key, 3, '09:00', '17:00' from stores where store_id <> 'c'`;
    await migrate(sql);
    assert.ok(await isCurrent(sql));
    const hours = await sql<
      { hours: string | null }[]
    >`select encode(hours, 'hex') as hours from stores order by store_id`;
    const nineToFive = "0003" + (9 * 3_600e6).toString(16).padStart(16, "0") +
      (17 * 3_600e6).toString(16).padStart(16, "0");
    assert.deepEqual(hours.map(({ hours }) => hours), [
      nineToFive,
      nineToFive,
      null,
    ]);
  },
);

databaseTest("a program refuses the schema of a newer one, and leaves it as it is", async ({ sql }) => {
  const [{ version } = assert.fail()] = await sql<{ version: number }[]>`
    insert into migrations (version, name) select max(version) + 1, 'later.sql' from migrations returning version`;
  const message = new RegExp(
    `^The database has schema version ${version}, but this program knows versions up to ${version - 1}`,
  );
  await assert.rejects(migrate(sql), { message });
  assert.equal(await isCurrent(sql), false);
});
