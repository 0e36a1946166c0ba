import type { ZoneRules } from "../domain/time/zone_rules.ts";
import { readFolder, versionOfFolder } from "./folder.ts";
import { packagePath, readPackage } from "./package.ts";
import { readRuntime, runtimeRelease } from "./runtime.ts";

/** Where rules may come from, if no setting says it. */
export interface Sources {
  /** The folder of the system's compiled zone files. */
  readonly system: string;
  /** The release of the runtime's own rules. */
  readonly runtime: string | undefined;
}

const SYSTEM_FOLDER = "/usr/share/zoneinfo";

/**
 * Reads the zone rules of the settings, or else the newest of: those of the package that this project pins, the system's zone
 * files, the runtime's own. The package wins a tie, since it is the same on all machines.
 *
 * @param chosen a folder of compiled zone files, or a data file in the form of the package
 * @throws {RangeError} if the chosen rules cannot be read
 */
export async function openZoneRules(chosen: string | undefined, sources: Partial<Sources> = {}): Promise<ZoneRules> {
  if (chosen !== undefined) return await readChosen(chosen);
  const { system, runtime }: Sources = { system: SYSTEM_FOLDER, runtime: runtimeRelease(), ...sources };
  const pinned = await readPackage(packagePath());
  const installed = await versionOfFolder(system).catch(() => undefined);
  if (isNewer(installed, pinned.version) && !isNewer(runtime, installed)) {
    // A broken folder is not a reason to stop, because no setting names it.
    const rules = await readFolder(system).catch(() => undefined);
    if (rules !== undefined) return rules;
  }
  return isNewer(runtime, pinned.version) ? readRuntime(namesOf(pinned)) : pinned;
}

async function readChosen(path: string): Promise<ZoneRules> {
  try {
    const { isDirectory } = await Deno.stat(path);
    return await (isDirectory ? readFolder(path) : readPackage(path));
  } catch (cause) {
    throw new RangeError(
      `ZONE_RULES is "${path}", but no zone rules can be read there: ${reasonOf(cause)}. ` +
        "Expected a folder of compiled zone files such as /usr/share/zoneinfo, or a data file of moment-timezone. " +
        "Without ZONE_RULES, Storewatch takes the newest rules that it finds",
      { cause },
    );
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "there is nothing at this path";
  return error instanceof Error ? error.message : String(error);
}

/** Names of releases sort by age: 2025c, 2026a. Any other name is never newer. */
function isNewer(release: string | undefined, than: string | undefined): release is string {
  if (release === undefined || !/^\d{4}[a-z]/.test(release)) return false;
  return than === undefined || release > than;
}

function* namesOf({ zones }: ZoneRules): Generator<string> {
  for (const { id } of zones.values()) yield id;
}
