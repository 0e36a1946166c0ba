import { writeSample } from "../../src/sample/write_sample.ts";

/** The three files of a sample as text. */
export interface SampleText {
  readonly polls: string;
  readonly hours: string;
  readonly timezones: string;
}

/** Makes a sample in a folder of its own, reads it, and removes it. */
export async function sampleText(stores: number, days: number, seed: number): Promise<SampleText> {
  return await inFolder(async (folder) => {
    await writeSample(folder, { stores, days, seed });
    return await readFolder(folder);
  });
}

export async function readFolder(folder: string): Promise<SampleText> {
  const read = (name: string) => Deno.readTextFile(`${folder}/${name}`);
  return {
    polls: await read("store_status.csv"),
    hours: await read("menu_hours.csv"),
    timezones: await read("timezones.csv"),
  };
}

/** Lends a folder that is removed afterwards. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "storewatch-sample-" });
  try {
    return await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The rows of a file without its header. */
export function rowsOf(text: string): string[] {
  return text.trimEnd().split("\n").slice(1);
}

/** The field of a row at an index. */
export function field(row: string, index: number): string {
  return row.split(",")[index] ?? "";
}

/** Rows under what a function calls them. */
export function grouped(rows: readonly string[], nameOf: (row: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const row of rows) {
    const name = nameOf(row);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return groups;
}

export async function sha256({ polls, hours, timezones }: SampleText): Promise<string> {
  const bytes = new TextEncoder().encode([polls, hours, timezones].join("\0"));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
