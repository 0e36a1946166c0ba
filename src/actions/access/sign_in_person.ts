import { putPerson } from "../../db/access/people.ts";
import { insertSession } from "../../db/access/sessions.ts";
import type { Person } from "../../domain/access/claims.ts";
import { audited } from "../audited.ts";
import type { ActionContext } from "../context.ts";

/** Begins a session of a person that a provider vouches for. @returns what the cookie holds */
export async function signInPerson(
  context: Pick<ActionContext, "sql" | "requestId">,
  person: Person,
): Promise<string> {
  return await audited({ ...context, actor: `person:${person.name}` }, async (tx) => {
    const personId = await putPerson(tx, person);
    const result = await insertSession(tx, { personId });
    const { name, issuer, subject, scopes, where = null } = person;
    return { result, entry: { action: "session.begin", subject: name, after: { issuer, subject, scopes, where } } };
  });
}
