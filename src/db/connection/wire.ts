import { nextTick } from "node:process";
import { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { Duplex } from "node:stream";
import type { tlsOption } from "./tls.ts";
import { secure } from "./tls_handshake.ts";
import { STALE } from "./lost_connection.ts";
import { END_OF_FAILURE, Traffic } from "./traffic.ts";

/** Where a socket leads, as postgres.js has parsed it. */
export interface WireTarget {
  readonly path?: string | false;
  readonly host: string;
  readonly port: number;
  readonly tls: ReturnType<typeof tlsOption>;
}

/** What a backend does, seen from another connection. */
export type BackendState =
  | "works"
  /** The server closed the connection, or is gone. Its last bytes or ours may be lost. */
  | "waits for us"
  | "unreachable";

/** Looks after connections from outside of them. */
export interface Guardian {
  examine(backend: number | undefined): Promise<BackendState>;
  /** Notes a backend whose connection is being dropped. */
  mourn(backend: number | undefined): void;
  /** Called whenever Postgres has taken a connection in. */
  endOrphans(): Promise<void>;
}

const CHECK_MS = 1_000;
/** An idle connection is asked for a sign of life so often. */
const PING_MS = 5_000;
/** If Postgres is silent for longer, a check asks whether it still works. */
const SILENCE_MS = 4_000;
/** How long a connection that is closed here may take to be closed over there. */
const GOODBYE_MS = 2_000;

/**
 * The socket of one connection to Postgres, for postgres.js. A network that is cut says nothing: a query would wait for ever, and
 * so would all that come after it on this connection. So each answer that is due for some seconds is asked for on another
 * connection, and this one is dropped unless its backend is at work. A statement may take as long as it needs.
 */
export class Wire extends Duplex {
  readonly #target: WireTarget;
  readonly #guardian: Guardian | undefined;
  readonly #traffic = new Traffic();
  readonly #timer: ReturnType<typeof setInterval> | undefined;
  #goodbye: ReturnType<typeof setTimeout> | undefined;
  readonly #over = new AbortController();
  #raw = new Socket();
  #isExamined = false;
  #examinedAt = 0;

  /** @param guardian watches the connection, if given */
  constructor(target: WireTarget, guardian?: Guardian) {
    super({ allowHalfOpen: false, emitClose: false });
    this.#target = target;
    this.#guardian = guardian;
    if (guardian !== undefined) this.#timer = setInterval(() => this.#check(guardian), CHECK_MS);
  }

  /** As postgres.js asks a socket. */
  get readyState(): string {
    if (this.destroyed) return "closed";
    return this.#raw.readyState === "open" ? "open" : "opening";
  }

  setKeepAlive(enable: boolean, initialDelay: number): void {
    this.#raw.setKeepAlive(enable, initialDelay);
  }

  override _construct(done: (error?: Error | null) => void): void {
    this.#connect().then(() => done(), done);
  }

  override _read(): void {
    this.#raw.resume();
  }

  override _write(bytes: Uint8Array, _encoding: string, done: (error?: Error | null) => void): void {
    // An error makes postgres.js forget what it still had to send.
    if (this.#traffic.areRemains(bytes)) return done(stale());
    this.#traffic.send(bytes);
    if (this.#raw.write(bytes)) done();
    else this.#raw.once("drain", done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#raw.end();
    this.#goodbye = setTimeout(() => this.destroy(), GOODBYE_MS);
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearInterval(this.#timer);
    clearTimeout(this.#goodbye);
    this.#over.abort();
    this.#raw.destroy();
    done(error);
    nextTick(() => {
      // postgres.js would keep the error, and fail the first query of the next connection with it.
      if (this.#traffic.isFailing) this.emit("data", END_OF_FAILURE);
      // postgres.js waits longer and longer before it connects again, after an error.
      this.emit("close", error !== null);
    });
  }

  async #connect(): Promise<void> {
    const { path, host, port, tls } = this.#target;
    if (path) this.#raw.connect(path);
    else this.#raw.connect(port, host);
    if (tls !== false) this.#raw = await secure(this.#raw, host, tls);
    this.#raw.setNoDelay();
    this.#raw.on("data", (bytes: Uint8Array) => this.#receive(bytes));
    this.#raw.on("error", (error) => this.destroy(this.#traffic.isReady ? lost(error) : error));
    this.#raw.on("close", () => this.destroy());
  }

  #receive(bytes: Uint8Array): void {
    const wasReady = this.#traffic.isReady;
    const shown = this.#traffic.receive(bytes);
    if (shown.length > 0 && !this.push(shown)) this.#raw.pause();
    // Postgres answers again.
    if (!wasReady && this.#traffic.isReady) void this.#guardian?.endOrphans();
  }

  #check(guardian: Guardian): void {
    const now = performance.now();
    const silent = now - this.#traffic.aliveAt;
    // The answer is due from now on, not since the connection fell idle.
    if (this.#traffic.isIdle && silent >= PING_MS) return void this.#raw.write(this.#traffic.ping());
    if (!this.#traffic.isAwaiting || this.#isExamined || silent < SILENCE_MS) return;
    if (now - this.#examinedAt < SILENCE_MS) return;
    this.#isExamined = true;
    this.#examine(guardian).catch((error) => this.destroy(error)).finally(() => {
      this.#isExamined = false;
      this.#examinedAt = performance.now();
    });
  }

  async #examine(guardian: Guardian): Promise<void> {
    const { aliveAt, backend } = this.#traffic;
    const hasSpoken = () => this.destroyed || this.#traffic.aliveAt !== aliveAt;
    let state = await guardian.examine(backend);
    // Its answer may just have been on its way.
    if (state === "waits for us") {
      await delay(CHECK_MS, undefined, { signal: this.#over.signal }).catch(() => {});
      if (this.destroyed) return;
      state = await guardian.examine(backend);
    }
    if (state === "works" || hasSpoken()) return;
    guardian.mourn(backend);
    const seconds = Math.round((performance.now() - aliveAt) / 1000);
    this.destroy(lost(new Error(`Postgres has not answered for ${seconds} s`)));
  }
}

/** An error by which a transaction knows that its connection is gone. */
function lost(cause: Error): Error {
  return Object.assign(new Error(`The connection to Postgres is lost: ${cause.message}`, { cause }), {
    code: "CONNECTION_LOST",
  });
}

/** The connection was never made. Whatever was to be done on it can be tried again. */
function stale(): Error {
  return Object.assign(new Error("The connection begins with remains of the one before"), { code: STALE });
}
