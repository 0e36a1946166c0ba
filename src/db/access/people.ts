import type { Person } from "../../domain/access/claims.ts";
import type { Transaction } from "../connection/client.ts";

/** Notes what a provider says of a person now. @returns the key of the person */
export async function putPerson(tx: Transaction, person: Person): Promise<number> {
  const { issuer, subject, name, scopes, where } = person;
  const [row] = await tx<{ key: number }[]>`
    insert into people (issuer, subject, name, scopes, tags)
    values (${issuer}, ${subject}, ${name}, ${[...scopes]}::text[], ${
    where === undefined ? null : JSON.stringify(where)
  })
    on conflict (issuer, subject) do update set name = excluded.name, scopes = excluded.scopes, tags = excluded.tags,
      signed_in_at = clock_timestamp()
    returning person_id as key`;
  if (row === undefined) throw new Error("Postgres did not name the person that it stored");
  return row.key;
}
