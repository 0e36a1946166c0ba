import type { Context } from "hono";
import { BlockList, isIP } from "node:net";
import type { HttpEnv } from "../deps.ts";

/** Knows from where a request really comes. Headers of proxies count if a trusted proxy sends them, since all others can forge them. */
export class Proxies {
  readonly #trusted = new BlockList();

  /** @param trusted addresses such as 10.0.0.7, and networks such as 10.0.0.0/8 */
  constructor(trusted: readonly string[] = []) {
    for (const each of trusted) {
      const [address = "", bits] = each.split("/");
      if (bits === undefined) this.#trusted.addAddress(address, familyOf(address));
      else this.#trusted.addSubnet(address, Number(bits), familyOf(address));
    }
  }

  /** The address of the client. Undefined for requests without a connection. */
  addressOf(c: Context<HttpEnv>): string | undefined {
    const peer = peerOf(c);
    return peer === undefined ? undefined : this.addressAt(peer, c.req.raw.headers);
  }

  /** The same of a request that has not come to the app yet. */
  addressAt(peer: string, headers: Headers): string {
    if (!this.#isTrusted(peer)) return peer;
    const hops = (headers.get("X-Forwarded-For") ?? "").split(",").map(withoutPort).filter((hop) => isIP(hop) !== 0);
    // The nearest hop stands last. What stands before an untrusted hop may be forged.
    return hops.findLast((hop) => !this.#isTrusted(hop)) ?? hops[0] ?? peer;
  }

  /** Whether the browser speaks TLS, with us or with a trusted proxy. */
  isSecure(c: Context<HttpEnv>): boolean {
    const peer = peerOf(c);
    if (peer === undefined || !this.#isTrusted(peer)) return new URL(c.req.url).protocol === "https:";
    return c.req.header("X-Forwarded-Proto")?.split(",")[0]?.trim().toLowerCase() === "https";
  }

  #isTrusted(address: string): boolean {
    return isIP(address) !== 0 && this.#trusted.check(address, familyOf(address));
  }
}

/** In tests, a request may come without an environment. */
function peerOf(c: Context<HttpEnv>): string | undefined {
  const bindings: HttpEnv["Bindings"] | undefined = c.env;
  return bindings?.peer;
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}

/** `[2001:db8::1]:443` and `192.0.2.1:443` without their ports. */
function withoutPort(hop: string): string {
  const text = hop.trim();
  const [, bracketed] = /^\[(.+)\](?::\d+)?$/.exec(text) ?? [];
  return bracketed ?? text.replace(/^(\d+(?:\.\d+){3}):\d+$/, "$1");
}
