import type { DatabaseAddress } from "../../src/db/connection/client.ts";

/** Stands between the service and Postgres, and can be cut as a network is: without a word to either side. */
export interface TcpProxy extends Disposable {
  readonly address: DatabaseAddress;
  /** From now on nothing is forwarded. Who connects is let in, and gets no answer. */
  cut(): void;
  /** New connections are forwarded again. Those from before stay dead. */
  mend(): void;
  /** Closes the next connection on which Postgres says this text, as soon as the text is passed on. */
  closeAfter(text: string): void;
}

interface ProxyState {
  isCut: boolean;
  lastWords: string | undefined;
}

export function startProxy(upstream: DatabaseAddress): TcpProxy {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const links = new Set<Link>();
  const state: ProxyState = { isCut: false, lastWords: undefined };
  const accept = async () => {
    for await (const client of listener) {
      const link = new Link(client, upstream, state);
      links.add(link);
      link.run().catch(() => link.close());
    }
  };
  accept().catch(() => {});
  return {
    address: throughProxy(upstream, listener.addr.port),
    cut: () => {
      state.isCut = true;
      for (const link of links) link.isDead = true;
    },
    mend: () => state.isCut = false,
    closeAfter: (text) => state.lastWords = text,
    [Symbol.dispose]: () => {
      listener.close();
      for (const link of links) link.close();
    },
  };
}

/** One connection through the proxy. */
class Link {
  isDead: boolean;
  readonly #client: Deno.Conn;
  readonly #upstream: DatabaseAddress;
  readonly #state: ProxyState;
  #server: Deno.Conn | undefined;

  constructor(client: Deno.Conn, upstream: DatabaseAddress, state: ProxyState) {
    this.#client = client;
    this.#upstream = upstream;
    this.#state = state;
    this.isDead = state.isCut;
  }

  async run(): Promise<void> {
    if (this.isDead) return await this.#pass(this.#client, undefined);
    const server = await connectTo(this.#upstream);
    this.#server = server;
    await Promise.race([this.#pass(this.#client, server), this.#pass(server, this.#client)]);
    // A dead link does not tell one side that the other has gone.
    if (!this.isDead) this.close();
  }

  close(): void {
    for (const side of [this.#client, this.#server]) {
      try {
        side?.close();
      } catch {
        // It is closed already.
      }
    }
  }

  async #pass(from: Deno.Conn, to: Deno.Conn | undefined): Promise<void> {
    const bytes = new Uint8Array(65_536);
    for (;;) {
      const count = await from.read(bytes).catch(() => null);
      if (count === null) return;
      for (let sent = 0; sent < count && !this.isDead;) {
        sent += await to?.write(bytes.subarray(sent, count)).catch(() => count) ?? count;
      }
      if (from === this.#server && this.#areLast(bytes.subarray(0, count))) return;
    }
  }

  #areLast(bytes: Uint8Array): boolean {
    const { lastWords } = this.#state;
    if (lastWords === undefined || !new TextDecoder().decode(bytes).includes(lastWords)) return false;
    this.#state.lastWords = undefined;
    return true;
  }
}

async function connectTo(upstream: DatabaseAddress): Promise<Deno.Conn> {
  if ("url" in upstream) {
    const { hostname, port } = new URL(upstream.url);
    return await Deno.connect({ hostname, port: Number(port || 5432) });
  }
  const { host = "localhost", port = 5432 } = upstream;
  if (host.startsWith("/")) return await Deno.connect({ transport: "unix", path: `${host}/.s.PGSQL.${port}` });
  return await Deno.connect({ hostname: host, port });
}

function throughProxy(upstream: DatabaseAddress, port: number): DatabaseAddress {
  if (!("url" in upstream)) return { ...upstream, host: "127.0.0.1", port };
  const url = new URL(upstream.url);
  url.host = `127.0.0.1:${port}`;
  return { url: url.href };
}
