import assert from "node:assert/strict";
import { addKey } from "../../src/actions/access/add_key.ts";
import { revokeKey } from "../../src/actions/access/revoke_key.ts";
import { findKey, hasKeys, hasValidKeys, listKeys } from "../../src/db/access/keys.ts";
import { beginningOf, isKeyText, newKeyText } from "../../src/db/access/key_text.ts";
import { KEY_PATTERN } from "../../src/domain/access/key_pattern.ts";
import { listAudit } from "../../src/db/audit/audit_list.ts";
import { databaseTest } from "../support/database.ts";

Deno.test("a key has a prefix and a checksum, by which a scanner tells it from other texts", () => {
  const keys = Array.from({ length: 200 }, newKeyText);
  assert.equal(new Set(keys).size, keys.length);
  for (const key of keys) {
    assert.match(`token: ${key}\n`, KEY_PATTERN);
    assert.ok(isKeyText(key), key);
    const other = key.at(10) === "a" ? "b" : "a";
    assert.ok(!isKeyText(`${key.slice(0, 10)}${other}${key.slice(11)}`), "one character differs");
  }
  assert.ok(!isKeyText("sw_") && !isKeyText(`${keys[0]}0`) && !isKeyText(`x${keys[0]}`));
});

databaseTest("a key is found by its text, and kept as a hash alone", async ({ sql }) => {
  const context = { sql, actor: "command" } as const;
  assert.ok(!await hasKeys(sql));
  const { text, key } = await addKey(context, { name: "till", scopes: ["ingest"] });
  assert.equal((await findKey(sql, text))?.name, "till");
  assert.equal(key.beginning, beginningOf(text));
  const [row] = await sql<{ all: string }[]>`
    select string_agg(to_jsonb(access_keys)::text, '') || (select string_agg(to_jsonb(audit)::text, '') from audit) as all
    from access_keys`;
  assert.ok(row !== undefined && !row.all.includes(text.slice(8)));
  assert.equal(await findKey(sql, newKeyText()), undefined);
  for (const nonsense of ["", "sw_", text.slice(1), `${text} `, "\0", text.toLowerCase()]) {
    assert.equal(await findKey(sql, nonsense), undefined, JSON.stringify(nonsense));
  }
});

databaseTest("a key whose hash begins as another's is not taken for it", async ({ sql }) => {
  const { text } = await addKey({ sql, actor: "command" }, { name: "till", scopes: ["read"] });
  await sql`update access_keys set hash = selector || decode(repeat('00', 24), 'hex')`;
  assert.equal(await findKey(sql, text), undefined);
});

databaseTest("names are free again after a key is revoked, and the audit has all of it", async ({ sql }) => {
  const context = { sql, actor: "command" } as const;
  const first = await addKey(context, { name: "till", scopes: ["read"] });
  await assert.rejects(addKey(context, { name: "till", scopes: ["read"] }), /name of another key/);
  await assert.rejects(addKey(context, { name: "a:b", scopes: ["read"] }), /name must have 1 to 64/);
  await assert.rejects(addKey(context, { name: "b", scopes: [] }), /at least one scope/);
  assert.equal((await revokeKey(context, "till"))?.name, "till");
  assert.equal(await revokeKey(context, "till"), undefined);
  assert.ok(await hasKeys(sql) && !await hasValidKeys(sql));
  const second = await addKey({ ...context, actor: "key:boss" }, { name: "till", scopes: ["admin"] });
  assert.equal((await findKey(sql, first.text))?.state, "revoked");
  assert.equal((await findKey(sql, second.text))?.state, "valid");
  assert.deepEqual((await listKeys(sql)).map(({ state }) => state), ["valid", "revoked"]);
  const changes = await listAudit(sql, { limit: 9 });
  assert.deepEqual(
    changes.map(({ action, subject, actor }) => `${action} ${subject} ${actor}`),
    ["key.add till key:boss", "key.revoke till command", "key.add till command"],
  );
});

databaseTest("an expired key is known as such", async ({ sql }) => {
  const { text } = await addKey({ sql, actor: "command" }, { name: "till", scopes: ["read"], expiresAt: 1 });
  assert.equal((await findKey(sql, text))?.state, "expired");
  assert.ok(!await hasValidKeys(sql));
});

databaseTest("the last use is noted at most once a minute", async ({ sql }) => {
  const { text } = await addKey({ sql, actor: "command" }, { name: "till", scopes: ["read"] });
  await findKey(sql, text);
  const [first] = await listKeys(sql);
  assert.ok(first?.lastUsedAt);
  await findKey(sql, text);
  assert.equal((await listKeys(sql))[0]?.lastUsedAt, first.lastUsedAt);
  await sql`update access_keys set last_used_at = last_used_at - interval '61 seconds'`;
  await findKey(sql, text);
  assert.ok(Number((await listKeys(sql))[0]?.lastUsedAt) >= first.lastUsedAt);
});
