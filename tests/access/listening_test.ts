import assert from "node:assert/strict";
import { revokeKey } from "../../src/actions/access/revoke_key.ts";
import { readConfig } from "../../src/config.ts";
import { needProtection } from "../../src/http/access/listening.ts";
import { isLoopback } from "../../src/http/access/loopback.ts";
import { Proxies } from "../../src/http/access/peer.ts";
import { databaseTest } from "../support/database.ts";
import { keyFor } from "../support/keys.ts";
import { Hono } from "hono";
import type { HttpEnv } from "../../src/http/deps.ts";

const SIGN_IN = readConfig({
  OIDC_ISSUER: "https://id.example",
  OIDC_CLIENT_ID: "storewatch",
  PUBLIC_URL: "https://storewatch.example",
}).signIn;
const OPEN = { isInsecure: false, signIn: undefined };

Deno.test("loopback is localhost and the addresses that no other machine reaches", () => {
  for (const host of ["localhost", "LOCALHOST", "127.0.0.1", "127.8.8.8", "::1", "[::1]"]) {
    assert.ok(isLoopback(host), host);
  }
  for (const host of ["0.0.0.0", "::", "10.0.0.1", "127.0.0.1.example", "example", "::2"]) {
    assert.ok(!isLoopback(host), host);
  }
});

databaseTest("without a key that can be used, the service listens on loopback alone", async ({ sql }) => {
  const refused = () =>
    assert.rejects(needProtection(sql, "0.0.0.0", OPEN), (error) => {
      assert.ok(error instanceof RangeError);
      for (const way of ["deno task key add", "HOST=127.0.0.1", "--insecure"]) {
        assert.ok(error.message.includes(way), way);
      }
      return true;
    });
  await refused();
  await needProtection(sql, "127.0.0.1", OPEN);
  await needProtection(sql, "0.0.0.0", { ...OPEN, isInsecure: true });
  await needProtection(sql, "0.0.0.0", { ...OPEN, signIn: SIGN_IN });
  await keyFor(sql, ["read"], { expiresAt: 1 });
  await refused();
  await keyFor(sql, ["read"], { name: "till" });
  await needProtection(sql, "0.0.0.0", OPEN);
  await revokeKey({ sql, actor: "command" }, "till");
  await refused();
});

/** What a request says of its client, if it comes from a peer with some headers. */
async function clientOf(peer: string, headers: Record<string, string>): Promise<string> {
  const proxies = new Proxies(["10.0.0.0/8", "::1"]);
  const app = new Hono<HttpEnv>().get("/", (c) => c.text(`${proxies.addressOf(c)} ${proxies.isSecure(c)}`));
  return await (await app.request("/", { headers }, { peer })).text();
}

Deno.test("headers of proxies count if a trusted proxy sends them", async () => {
  const forwarded = { "x-forwarded-for": "198.51.100.9, 192.0.2.1, 10.0.0.2", "x-forwarded-proto": "https" };
  assert.equal(await clientOf("10.0.0.1", forwarded), "192.0.2.1 true");
  assert.equal(await clientOf("::1", forwarded), "192.0.2.1 true");
  assert.equal(await clientOf("203.0.113.7", forwarded), "203.0.113.7 false");
  assert.equal(await clientOf("10.0.0.1", {}), "10.0.0.1 false");
  assert.equal(await clientOf("10.0.0.1", { "x-forwarded-for": "nonsense, [2001:db8::1]:443" }), "2001:db8::1 false");
  assert.equal(await clientOf("10.0.0.1", { "x-forwarded-for": "192.0.2.1:9999" }), "192.0.2.1 false");
});

Deno.test("TRUSTED_PROXIES has addresses and networks", () => {
  const text = "10.0.0.7, 10.0.0.0/8,::1,fd00::/8";
  assert.deepEqual(readConfig({ TRUSTED_PROXIES: text }).trustedProxies, text.split(",").map((each) => each.trim()));
  for (const bad of ["proxy", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8/8", "::/129", "*"]) {
    assert.throws(() => readConfig({ TRUSTED_PROXIES: bad }), /TRUSTED_PROXIES has/, bad);
  }
});
