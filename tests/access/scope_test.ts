import assert from "node:assert/strict";
import { isKeyName } from "../../src/domain/access/key_name.ts";
import { parseExpiry } from "../../src/domain/access/expiry.ts";
import { allows, type Scope, SCOPES } from "../../src/domain/access/scope.ts";
import { DAY, HOUR } from "../../src/domain/time/interval.ts";

/** What each scope allows, as the contract has it. */
const ALLOWED: Readonly<Record<Scope, string>> = {
  read: "read",
  request: "read request",
  ingest: "ingest",
  manage: "read request ingest manage",
  metrics: "metrics",
  admin: "read request ingest manage metrics admin",
};

Deno.test("each scope allows what the contract says, and nothing else", () => {
  for (const scope of SCOPES) {
    assert.equal(SCOPES.filter((needed) => allows([scope], needed)).join(" "), ALLOWED[scope], scope);
  }
});

Deno.test("several scopes allow what each of them allows, and no scope allows anything", () => {
  assert.deepEqual(SCOPES.filter((needed) => allows(["ingest", "metrics"], needed)), ["ingest", "metrics"]);
  assert.deepEqual(SCOPES.filter((needed) => allows([], needed)), []);
});

Deno.test("a key expires after days or hours, or on a date", () => {
  assert.equal(parseExpiry("90d")?.(5), 90 * DAY + 5);
  assert.equal(parseExpiry("12h")?.(5), 12 * HOUR + 5);
  assert.equal(parseExpiry("1970-01-02")?.(5), DAY);
  for (const bad of ["", "0d", "90", "d", "-1d", "1.5d", "9999999d", "next week"]) {
    assert.equal(parseExpiry(bad), undefined, bad);
  }
});

Deno.test("a key's name cannot forge a line, a column or another name", () => {
  for (const name of ["till", "Kasse 7", "ada@example.com", "göteborg-1"]) assert.ok(isKeyName(name), name);
  for (const name of ["", " a", "a ", "a\nb", "a\tb", "a:b", "-a", "a\u202eb", "<b>", "x".repeat(65)]) {
    assert.ok(!isKeyName(name), JSON.stringify(name));
  }
});
