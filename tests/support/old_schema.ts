import { SCHEMA, type Sql } from "../../src/db/connection/client.ts";

const FOLDER = new URL("../../src/db/migrations/", import.meta.url);

/** Makes the schema as an older program left it. */
export async function schemaOf(sql: Sql, version: number): Promise<void> {
  const names = (await Array.fromAsync(Deno.readDir(FOLDER), ({ name }) => name)).sort()
    .slice(0, version);
  const applied = await sql<
    { version: number; name: string; applied_at: Date }[]
  >`
    select version, name, applied_at from migrations order by version limit ${version}`;
  await sql.unsafe(`drop schema ${SCHEMA} cascade; create schema ${SCHEMA}`);
  // A later migration adds a column to it.
  await sql`create table migrations (version integer primary key, name text not null, applied_at timestamptz default now())`;
  for (const name of names) {
    await sql.unsafe(await Deno.readTextFile(new URL(name, FOLDER)));
  }
  await sql`insert into migrations ${sql(applied)}`;
}
