import assert from "node:assert/strict";
import fc from "fast-check";
import { jsonLog } from "../src/log.ts";
import { plainText } from "../src/plain_text.ts";
import { secretsIn, withoutSecrets } from "../src/secrets.ts";
import { openService, statusOf } from "./support/http_service.ts";
import { bearer, keyFor } from "./support/keys.ts";

/** What a viewer or a terminal would not show as it is. */
const DECEIVING = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    'x\n{"level":"error","message":"forged"}',
    "\r\x1b[2K\x1b[1A",
    "\x1b]0;title\x07",
    "\u009b31m",
    "\u2028line",
    "\u202egnp.exe",
    "\x00",
    "\ud800",
  ),
);

Deno.test("whatever is logged, a line is one line, and says what was logged", () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, (message, field, cause) => {
      const lines: string[] = [];
      const log = jsonLog((line) => lines.push(line));
      log("warn", message, { field, error: new Error(field, { cause }), nested: [{ cause }] });
      assert.equal(lines.length, 1);
      const [line = ""] = lines;
      assert.doesNotMatch(line, DECEIVING);
      const read = JSON.parse(line);
      assert.equal(read.level, "warn");
      assert.equal(read.message, message);
      assert.equal(read.field, field);
      assert.equal(read.nested[0].cause, cause);
    }),
    { numRuns: 200 },
  );
});

Deno.test("a text for a terminal keeps its line ends, and gives no commands", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const shown = plainText(text);
      assert.doesNotMatch(shown.replaceAll(/[\n\t]/g, ""), DECEIVING);
      assert.equal(shown.split("\n").length, text.split("\n").length);
    }),
    { numRuns: 200 },
  );
});

Deno.test("secrets of settings are hidden, in whatever form a line has them", () => {
  const environment = {
    DATABASE_URL: "postgres://me:p%40ss%2Fword@db/shop",
    PGPASSWORD: 'with "quotes" \\ and more',
    OIDC_CLIENT_SECRET: "0123456789abcdef",
    STOREWATCH_DATA: "data",
  };
  const secrets = secretsIn(environment);
  assert.deepEqual(new Set(secrets), new Set(["p@ss/word", 'with "quotes" \\ and more', "0123456789abcdef"]));
  const line = JSON.stringify({ ...environment, plain: "p@ss/word", data: "data", more: secrets });
  const hidden = withoutSecrets(line, secrets);
  for (const secret of ["p%40ss%2Fword", "p@ss/word", "quotes", "0123456789abcdef"]) {
    assert.ok(!hidden.includes(secret), hidden);
  }
  assert.match(hidden, /postgres:\/\/me:\*\*\*@db\/shop/);
  assert.match(hidden, /"data":"data"/);
});

Deno.test("a password that is also a common word is hidden in addresses alone", () => {
  const environment = {
    DATABASE_URL: "postgres://storewatch:storewatch@db/storewatch",
    PGPASSWORD: "me",
    PGUSER: "me",
  };
  const secrets = secretsIn(environment);
  assert.deepEqual(secrets, []);
  assert.equal(
    withoutSecrets("storewatch: postgres://storewatch:storewatch@db/storewatch", secrets),
    "storewatch: postgres://storewatch:***@db/storewatch",
  );
});

Deno.test("a password in an address is hidden, though no setting has it", () => {
  assert.equal(withoutSecrets("Invalid URL: 'http://a:b@c/'", []), "Invalid URL: 'http://a:***@c/'");
  assert.equal(withoutSecrets("listening on http://127.0.0.1:8000/@x", []), "listening on http://127.0.0.1:8000/@x");
});

Deno.test("requests cannot forge lines of the log, nor leave secrets in it", async () => {
  await using service = await openService();
  const paths = ["/stores/%0A%7B%22level%22%3A%22error%22%7D", "/%1B%5B2J", "/reports/%E2%80%AEx"];
  for (const path of paths) {
    const headers = { "x-request-id": "a".repeat(200), authorization: "Bearer sw_secret", cookie: "session=hidden" };
    await (await service.app.request(`${path}?key=sw_secret`, { headers })).text();
  }
  const logged = service.lines.filter(({ message }) => message === "request");
  assert.equal(logged.length, paths.length);
  assert.doesNotMatch(JSON.stringify(service.lines), /sw_secret|session=hidden/);
});

Deno.test("a key that somebody puts where it does not belong is neither in the log nor in the audit", async () => {
  await using service = await openService();
  const { app, sql, lines } = service;
  const key = await keyFor(sql, ["read"]);
  await statusOf(app.request(`/${key}?key=${key}`, { headers: { authorization: `Bearer x${key}` } }));
  await statusOf(app.request(`/reports/${key}`, { headers: bearer(key) }));
  jsonLog((line) => lines.push({ line }))("error", `a\n${key}`, { error: new Error(key) });
  assert.match(JSON.stringify(lines), /sw_....\*\*\*/);
  const audit = await sql`select before, after, subject, actor from audit`;
  for (const text of [JSON.stringify(lines), JSON.stringify(audit)]) assert.ok(!text.includes(key));
});
