import type { ZoneRule, ZoneRules } from "../domain/time/zone_rules.ts";
import { checkVersion } from "./version.ts";
import { isTzif, readTzif } from "./tzif.ts";

/** Where a release's name stands, and how: Debian and others, macOS, some builds of one's own. */
const VERSION_FILES = [["tzdata.zi", /^# version (\S+)/], ["+VERSION", /^(\S+)/], ["version", /^(\S+)/]] as const;

/** Not zones by names of their own: the same zones again, with and without leap seconds, and this machine's own zone. */
const NOT_ZONES = new Set(["posix", "right", "posixrules", "localtime", "Factory"]);

/**
 * Reads a folder of compiled zone files, such as `/usr/share/zoneinfo`.
 *
 * @throws {Error} naming the file that cannot be read
 */
export async function readFolder(folder: string): Promise<ZoneRules> {
  const version = await versionOfFolder(folder);
  const names = await namesBelow(folder, "");
  const known = new Map<string, ZoneRule>();
  const rules = await Promise.all(names.map(async (id) => ruleOf(id, await Deno.readFile(`${folder}/${id}`), known)));
  const zones = new Map(rules.flatMap((rule) => rule === undefined ? [] : [[rule.id.toLowerCase(), rule] as const]));
  if (zones.size === 0) throw new Error(`${folder} has no compiled zone file`);
  return { version, source: `the zone files in ${folder}`, zones };
}

/** @throws {Error} if no file of the folder says which release it is */
export async function versionOfFolder(folder: string): Promise<string> {
  for (const [name, form] of VERSION_FILES) {
    const text = await Deno.readTextFile(`${folder}/${name}`).catch(nothingIfMissing);
    if (text !== undefined) return checkVersion(form.exec(text)?.[1], `${folder}/${name}`);
  }
  const files = VERSION_FILES.map(([name]) => name).join(", ");
  throw new Error(`${folder} does not say which release of the zone rules it has: expected one of the files ${files}`);
}

async function namesBelow(folder: string, prefix: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(`${folder}/${prefix}`));
  const nested = await Promise.all(entries.map(async ({ name, isDirectory }) => {
    if (!/^[A-Za-z]/.test(name) || NOT_ZONES.has(name)) return [];
    return isDirectory ? await namesBelow(folder, `${prefix}${name}/`) : [`${prefix}${name}`];
  }));
  return nested.flat();
}

/** Half of the files are copies of others under another name: each is read once. */
function ruleOf(id: string, bytes: Uint8Array, known: Map<string, ZoneRule>): ZoneRule | undefined {
  if (!isTzif(bytes)) return undefined;
  const key = new TextDecoder("latin1").decode(bytes);
  try {
    const rule = { ...known.get(key) ?? readTzif(bytes), id };
    known.set(key, rule);
    return rule;
  } catch (cause) {
    throw new Error(`The zone file ${id} ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

function nothingIfMissing(error: unknown): undefined {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
