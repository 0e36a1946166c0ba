/** Compiled zone files as a test says them. */
import { dirname } from "node:path";
import { SECOND } from "../../src/domain/time/interval.ts";
import type { ZoneChanges } from "../../src/domain/time/zone_rules.ts";

export interface TzifParts {
  readonly changes: ZoneChanges;
  /** The rule after the last change; none if not given. */
  readonly footer?: string;
  readonly version?: string;
  readonly leaps?: number;
}

/** The bytes of a compiled zone file. Its first block, for old programs, has a wrong offset, so that reading it shows. */
export function tzif({ changes, footer = "", version = "2", leaps = 0 }: TzifParts): Uint8Array<ArrayBuffer> {
  const wrong = { at: new Float64Array(), offsets: Float64Array.of(7 * SECOND) };
  const blocks = [block(wrong, version, { timeBytes: 4, leaps: 0 }), block(changes, version, { timeBytes: 8, leaps })];
  return bytesOf(...blocks, new TextEncoder().encode(`\n${footer}\n`));
}

function block(
  { at, offsets }: ZoneChanges,
  version: string,
  { timeBytes, leaps }: { timeBytes: 4 | 8; leaps: number },
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(44 + at.length * (timeBytes + 1) + offsets.length * 6 + 4 + leaps * (timeBytes + 4));
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(`TZif${version}`));
  for (const [index, count] of [0, 0, leaps, at.length, offsets.length, 4].entries()) {
    view.setUint32(20 + index * 4, count);
  }
  let place = 44;
  for (const instant of at) {
    view.setBigInt64(place, BigInt(instant / SECOND));
    place += 8;
  }
  for (let index = 1; index <= at.length; index++) bytes[place++] = index;
  for (const offset of offsets) {
    view.setInt32(place, offset / SECOND);
    place += 6;
  }
  bytes.set(new TextEncoder().encode("ABC\0"), place);
  return bytes;
}

function bytesOf(...parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of parts) {
    bytes.set(part, place);
    place += part.length;
  }
  return bytes;
}

/** Writes a folder of zone files with the name of its release, as `/usr/share/zoneinfo` has it. */
export async function writeZoneFolder(
  folder: string,
  version: string,
  zones: Readonly<Record<string, TzifParts>>,
): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(
    `${folder}/tzdata.zi`,
    `# version ${version}\n# This zic input file is in the public domain.\n`,
  );
  for (const [name, parts] of Object.entries(zones)) {
    await Deno.mkdir(dirname(`${folder}/${name}`), { recursive: true });
    await Deno.writeFile(`${folder}/${name}`, tzif(parts));
  }
}
