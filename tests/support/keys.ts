import { addKey, type AskedKey } from "../../src/actions/access/add_key.ts";
import type { Sql } from "../../src/db/connection/client.ts";
import type { Scope } from "../../src/domain/access/scope.ts";

/** Makes a key with some scopes. @returns the key */
export async function keyFor(sql: Sql, scopes: readonly Scope[], asked: Partial<AskedKey> = {}): Promise<string> {
  const name = `test ${crypto.randomUUID().slice(0, 8)}`;
  return (await addKey({ sql, actor: "command" }, { name, scopes, ...asked })).text;
}

export function bearer(key: string): { authorization: string } {
  return { authorization: `Bearer ${key}` };
}

/** The cookie that an answer sets, as a browser sends it back. */
export function cookieOf(answer: Response): string {
  return answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "").join("; ");
}
