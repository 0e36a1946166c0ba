import type { Micros } from "../../domain/time/interval.ts";

/** A column of a row as it came over the socket, in the middle of what came with it. */
export type Raw = Uint8Array | null;

/** Postgres counts from 2000-01-01. */
const POSTGRES_EPOCH: Micros = Date.UTC(2000, 0, 1) * 1000;

/** Bytes that are read one value after the other, as Postgres' `…_send` functions wrote them. */
export class Bytes {
  readonly #view: DataView;
  #at = 0;

  /** @param raw a `bytea`, which comes as text: `\x` and two digits a byte */
  constructor(raw: Raw = null) {
    this.#view = new DataView(
      raw === null ? new ArrayBuffer(0) : Uint8Array.fromHex(UTF8.decode(raw.subarray(2))).buffer,
    );
  }

  get length(): number {
    return this.#view.byteLength;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#view.byteLength;
  }

  int16(): number {
    const value = this.#view.getInt16(this.#at);
    this.#at += 2;
    return value;
  }

  /** The next two bytes, which stay to be read. */
  peekInt16(): number {
    return this.#view.getInt16(this.#at);
  }

  int32(): number {
    const value = this.#view.getInt32(this.#at);
    this.#at += 4;
    return value;
  }

  /** Exact below 2^53. */
  int64(): number {
    const value = this.#view.getInt32(this.#at) * 4_294_967_296 + this.#view.getUint32(this.#at + 4);
    this.#at += 8;
    return value;
  }

  /** A `timestamptz`; about 2^63 for infinity. */
  instant(): Micros {
    return POSTGRES_EPOCH + this.int64();
  }
}

const UTF8 = new TextDecoder();

export function readText(raw: Raw = null): string | undefined {
  return raw === null ? undefined : UTF8.decode(raw);
}
