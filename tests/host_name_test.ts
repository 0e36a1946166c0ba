import assert from "node:assert/strict";
import { readConfig } from "../src/config.ts";
import { hostName, isAddress } from "../src/host_name.ts";

Deno.test("a host is the same however it is written", () => {
  const same: [host: string, ...texts: string[]][] = [
    ["localhost", "localhost", "LocalHost", "localhost.", "localhost:8000", "LOCALHOST.:8000", "localhost:"],
    ["127.0.0.1", "127.0.0.1", "127.0.0.1:8000", "127.0.0.1."],
    ["[::1]", "[::1]", "::1", "[::1]:8000", "[0:0:0:0:0:0:0:1]:80", "0:0::1"],
    ["[fe80::1]", "fe80::1%eth0", "[FE80::1]:80"],
    ["xn--mnchen-3ya.example", "münchen.example", "xn--mnchen-3ya.example:443"],
    ["storewatch_db", "storewatch_db:8000"],
  ];
  for (const [host, ...texts] of same) for (const text of texts) assert.equal(hostName(text), host, text);
});

Deno.test("what is no host names none", () => {
  const texts = [
    "",
    ":8000",
    "a b",
    "a@localhost",
    "localhost/",
    "http://localhost",
    "[::1",
    "::1]:8000",
    "a:b",
    "*.a",
    "a%2eb",
  ];
  for (const text of texts) assert.equal(hostName(text), undefined, text);
});

Deno.test("an address is not taken for a name", () => {
  for (const host of ["127.0.0.1", "[::1]"]) assert.ok(isAddress(host));
  for (const host of ["localhost", "1.example", "127.0.0.1.example"]) assert.ok(!isAddress(host));
});

Deno.test("ALLOWED_HOSTS and ALLOWED_ORIGINS are lists, and each entry is checked", () => {
  const { allowedHosts, allowedOrigins } = readConfig({
    ALLOWED_HOSTS: " storewatch.example.com, [::1]:80 ,",
    ALLOWED_ORIGINS: "http://LOCALHOST:3000/,https://shop.example:443",
  });
  assert.deepEqual(allowedHosts, ["storewatch.example.com", "[::1]:80"]);
  assert.deepEqual(allowedOrigins, ["http://localhost:3000", "https://shop.example"]);
  assert.deepEqual([readConfig({}).allowedHosts, readConfig({ ALLOWED_ORIGINS: "" }).allowedOrigins], [[], []]);
  for (const wrong of ["*", "localhost:3000", "null", "http://a/b", "http://me@a", "file:///x"]) {
    assert.throws(() => readConfig({ ALLOWED_ORIGINS: wrong }), /ALLOWED_ORIGINS has .* but must have origins/, wrong);
  }
  for (const wrong of ["https://a.example", "*.example", "a b"]) {
    assert.throws(() => readConfig({ ALLOWED_HOSTS: wrong }), /ALLOWED_HOSTS has .* but must have names/, wrong);
  }
});
