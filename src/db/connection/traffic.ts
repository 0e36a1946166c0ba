import { Buffer } from "node:buffer";

/** Messages of Postgres' protocol that matter here, by the byte that each begins with. */
const SYNC = 0x53;
const SIMPLE_QUERY = 0x51;
const FLUSH = 0x48;
const READY = 0x5a;
const BACKEND_KEY = 0x4b;
const ERROR = 0x45;

/** A type, and a length that counts itself. */
const HEADER = 5;
const STARTUP_CODE = 196_608;

/** Says that a statement that failed has come to its end. */
export const END_OF_FAILURE = Buffer.of(READY, 0, 0, 0, 5, ERROR);

/** Asks Postgres for nothing but a sign of life. */
const PING = Uint8Array.of(SYNC, 0, 0, 0, 4);

/**
 * Follows the messages of one connection to Postgres: whether an answer is due, and which messages postgres.js must not
 * see.
 */
export class Traffic {
  /** The process id of the backend; undefined until Postgres has said it. */
  backend: number | undefined;
  /** When the last bytes came or, if that is later, when an answer became due. */
  aliveAt = performance.now();
  /** Whether postgres.js has seen an error, and not yet that its statement has ended. */
  isFailing = false;
  #isStarted = false;
  #isReady = false;
  #due = 0;
  #isFlushed = false;
  #pings = 0;
  readonly #messages = new Messages();

  /** Whether Postgres owes an answer. postgres.js has its own limit for the start of a connection. */
  get isAwaiting(): boolean {
    return this.#isReady && (this.#due > 0 || this.#isFlushed);
  }

  /** Whether Postgres has taken the connection in. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Whether the connection is idle, so that a ping can be sent. */
  get isIdle(): boolean {
    return this.#isReady && !this.isAwaiting;
  }

  /** Whether these are the first bytes, and not those alone that begin a connection. */
  areRemains(bytes: Uint8Array): boolean {
    return !this.#isStarted && hasRemains(bytes);
  }

  /** Notes whole messages that are about to be sent. */
  send(bytes: Uint8Array): void {
    if (!this.#isStarted) {
      this.#isStarted = true;
      return;
    }
    if (!this.isAwaiting) this.aliveAt = performance.now();
    for (let at = 0; at + HEADER <= bytes.length; at += 1 + wordAt(bytes, at + 1)) {
      if (bytes[at] === SYNC || bytes[at] === SIMPLE_QUERY) this.#due++;
      if (bytes[at] === FLUSH) this.#isFlushed = true;
    }
  }

  /** Notes a question whose answer postgres.js must not see. @returns what to send */
  ping(): Uint8Array {
    this.#pings++;
    this.#due++;
    this.aliveAt = performance.now();
    return PING;
  }

  /** Notes bytes as they came. @returns those that postgres.js may see */
  receive(bytes: Uint8Array): Uint8Array {
    this.aliveAt = performance.now();
    this.#isFlushed = false;
    return this.#messages.filter(bytes, (type, body) => this.#isShown(type, body));
  }

  #isShown(type: number, body: Uint8Array): boolean {
    if (type === BACKEND_KEY) this.backend = wordAt(body, 0);
    // postgres.js would keep it, and fail the first query of the next connection with it. The connection ends anyway.
    if (type === ERROR && this.#isReady && isFatal(body)) return false;
    if (type === ERROR) this.isFailing = this.#isReady;
    if (type !== READY) return true;
    this.isFailing = false;
    if (this.#isReady) this.#due--;
    this.#isReady = true;
    if (this.#pings === 0) return true;
    // A ping is sent when nothing else is under way, so the first answer belongs to it.
    this.#pings--;
    return false;
  }
}

/** Cuts bytes into messages. */
class Messages {
  /** The beginning of a message whose rest has not come. */
  #held: Uint8Array = new Uint8Array(0);
  /** Bytes that a message still lacks whose beginning has been passed on. */
  #lacking = 0;

  /** @param isShown gets the whole body, if the type is one that has to be looked into */
  filter(bytes: Uint8Array, isShown: (type: number, body: Uint8Array) => boolean): Uint8Array {
    const all = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    const parts: Uint8Array[] = [];
    let at = Math.min(this.#lacking, all.length);
    let shownFrom = 0;
    this.#lacking -= at;
    while (at + HEADER <= all.length) {
      const type = all[at] ?? 0;
      const end = at + 1 + wordAt(all, at + 1);
      if (isLookedInto(type) && end > all.length) break;
      if (isLookedInto(type) && !isShown(type, all.subarray(at + HEADER, end))) {
        parts.push(all.subarray(shownFrom, at));
        shownFrom = end;
      }
      this.#lacking = Math.max(0, end - all.length);
      at = Math.min(end, all.length);
    }
    this.#held = Uint8Array.from(all.subarray(at));
    parts.push(all.subarray(shownFrom, at));
    return parts.length === 1 ? all.subarray(0, at) : Buffer.concat(parts);
  }
}

function isLookedInto(type: number): boolean {
  return type === READY || type === BACKEND_KEY || type === ERROR;
}

function wordAt(bytes: Uint8Array, at: number): number {
  const byte = (offset: number) => bytes[at + offset] ?? 0;
  return byte(0) * 0x1000000 + (byte(1) << 16 | byte(2) << 8 | byte(3));
}

/** The field `V` of an error is its severity, in English whatever the language of the messages. */
function isFatal(body: Uint8Array): boolean {
  return /(?:^|\0)V(?:FATAL|PANIC)\0/.test(new TextDecoder().decode(body));
}

/**
 * Whether something stands in front of the startup message. If postgres.js is given a query while a connection breaks, it puts that
 * in front of the startup message of the next one. It then takes the answer to the next query for that of this one.
 */
function hasRemains(bytes: Uint8Array): boolean {
  for (let at = 1; at + 8 <= bytes.length; at++) {
    if (wordAt(bytes, at) === bytes.length - at && wordAt(bytes, at + 4) === STARTUP_CODE) return true;
  }
  return false;
}
