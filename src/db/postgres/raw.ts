import type { Micros } from "../../domain/time/interval.ts";

/** A column of a row as it came over the socket, in the middle of what came with it. */
export type Raw = Uint8Array | null;

/** Postgres counts from 2000-01-01. */
const POSTGRES_EPOCH: Micros = Date.UTC(2000, 0, 1) * 1000;

/** Bytes that are read one value after the other, as Postgres' `…_send` functions wrote them. */
export class Bytes {
  readonly #digits: DataView;
  #at = 0;

  /** @param raw a `bytea`, which comes as text: `\x` and two digits a byte. Its digits are read in place, since many are short. */
  constructor(raw: Raw = null) {
    this.#digits = raw === null
      ? new DataView(new ArrayBuffer(0))
      : new DataView(raw.buffer, raw.byteOffset + 2, raw.byteLength - 2);
  }

  get length(): number {
    return this.#digits.byteLength / 2;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#digits.byteLength;
  }

  int16(): number {
    const value = this.peekInt16();
    this.#at += 4;
    return value;
  }

  /** The next two bytes, which stay to be read. */
  peekInt16(): number {
    return wordOf(this.#digits.getUint32(this.#at)) << 16 >> 16;
  }

  int32(): number {
    const high = this.int16();
    return high << 16 | this.int16() & 0xffff;
  }

  /** Exact below 2^53. */
  int64(): number {
    const high = this.int32();
    return high * 4_294_967_296 + (this.int32() >>> 0);
  }

  /** A `timestamptz`; about 2^63 for infinity. */
  instant(): Micros {
    return POSTGRES_EPOCH + this.int64();
  }
}

/**
 * Two bytes from four hexadecimal digits in ASCII, which are read as one number. The lower four bits of a digit are its value, or nine
 * less for a letter. Bit 6 tells letters.
 */
function wordOf(digits: number): number {
  const values = (digits & 0x0f0f0f0f) + 9 * (digits >>> 6 & 0x01010101);
  const bytes = values | values >>> 4;
  return bytes >>> 8 & 0xff00 | bytes & 0xff;
}

const UTF8 = new TextDecoder();

export function readText(raw: Raw = null): string | undefined {
  return raw === null ? undefined : UTF8.decode(raw);
}
