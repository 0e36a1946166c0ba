import { createHash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import { KEY_PATTERN } from "../../domain/access/key_pattern.ts";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const PREFIX = "sw_";
/** 256 random bits. */
const SECRET_BYTES = 32;
const SECRET_DIGITS = 43;
const CHECKSUM_DIGITS = 6;

/** A new key: a prefix, a random number and its checksum, so that scanners find keys and tell them from other texts. */
export function newKeyText(): string {
  const secret = inDigits(BigInt(`0x${randomBytes(SECRET_BYTES).toString("hex")}`), SECRET_DIGITS);
  return `${PREFIX}${secret}${checksumOf(secret)}`;
}

/** Whether a text can be a key: its prefix, length and checksum are right. */
export function isKeyText(text: string): boolean {
  if (!new RegExp(`^${KEY_PATTERN.source}$`).test(text)) return false;
  const secret = text.slice(PREFIX.length, -CHECKSUM_DIGITS);
  return text.endsWith(checksumOf(secret));
}

/** The part of a key that lists show. It says nothing about the rest. */
export function beginningOf(key: string): string {
  return key.slice(0, PREFIX.length + 4);
}

export function hashOfSecret(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(secret).digest());
}

/** Stands in for the hash of a row that was not found. No text has it. */
export const NO_HASH = new Uint8Array(32);

/** The part of a hash that finds a row. */
export function selectorOf(hash: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return hash.slice(0, 8);
}

function checksumOf(secret: string): string {
  return inDigits(BigInt(crc32(secret)), CHECKSUM_DIGITS);
}

function inDigits(number: bigint, length: number): string {
  const base = BigInt(DIGITS.length);
  let text = "";
  for (let rest = number; rest > 0n; rest /= base) text = `${DIGITS[Number(rest % base)]}${text}`;
  return text.padStart(length, "0");
}
