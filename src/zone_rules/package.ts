import { createRequire } from "node:module";
import { type Micros, SECOND } from "../domain/time/interval.ts";
import {
  type OffsetChange,
  RULES_END,
  type ZoneChanges,
  zoneChanges,
  type ZoneRule,
  type ZoneRules,
} from "../domain/time/zone_rules.ts";
import { checkVersion } from "./version.ts";

/** The data file of the package that this project pins. */
export function packagePath(): string {
  return createRequire(import.meta.url).resolve("moment-timezone/data/packed/latest.json");
}

/**
 * Reads a data file in the packed form of `moment-timezone`. Its own lists reach to the year 2499.
 *
 * @throws {Error} if it is not such a file
 */
export async function readPackage(path: string): Promise<ZoneRules> {
  const { version, zones: packed, links } = await readJson(path);
  const zones = new Map<string, ZoneRule>();
  const add = (rule: ZoneRule) => zones.set(rule.id.toLowerCase(), rule);
  for (const text of packed) add(unpackZone(text));
  for (const link of links) {
    const [target = "", id = ""] = link.split("|");
    const rule = zones.get(target.toLowerCase());
    if (rule === undefined || id === "") {
      throw new Error(`${path} links "${id}" to "${target}", which it does not have`);
    }
    add({ ...rule, id });
  }
  if (zones.size === 0) throw new Error(`${path} has no zones`);
  return { version: checkVersion(version, path), source: `the data file ${path}`, zones };
}

interface PackedRules {
  readonly version: unknown;
  readonly zones: readonly string[];
  readonly links: readonly string[];
}

async function readJson(path: string): Promise<PackedRules> {
  const json: unknown = JSON.parse(await Deno.readTextFile(path));
  if (typeof json === "object" && json !== null && "version" in json && "zones" in json && "links" in json) {
    const { version, zones, links } = json;
    if (isTexts(zones) && isTexts(links)) return { version, zones, links };
  }
  throw new Error(`${path} is not a data file of moment-timezone, with version, zones and links`);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/** `name|letters|offsets|the place of each stretch's offset|minutes from each change to the next|…` */
function unpackZone(text: string): ZoneRule {
  const [id = "", , offsetsText = "", places = "", steps = ""] = text.split("|");
  // The package counts minutes behind UTC. `0 -`, since `-` makes -0 of 0.
  const offsets = offsetsText.split(" ").map((minutes) => 0 - unpackMinutes(minutes));
  const offsetAt = (index: number) => offsets[digit(places.charCodeAt(index))] ?? NaN;
  const changes: OffsetChange[] = [];
  let at = 0;
  for (const step of steps === "" ? [] : steps.split(" ")) {
    at += unpackMinutes(step);
    if (at >= RULES_END) break;
    changes.push({ at, offset: offsetAt(changes.length + 1) });
  }
  return { id, ...checked(zoneChanges(offsetAt(0), changes), id) };
}

function checked(changes: ZoneChanges, id: string): ZoneChanges {
  if (id !== "" && changes.offsets.every(Number.isFinite) && changes.at.every(Number.isFinite)) return changes;
  throw new Error(`The packed zone "${id}" cannot be read`);
}

/** A number in base 60, such as `-2g.9`: minutes, and after the point seconds. */
function unpackMinutes(text: string): Micros {
  const isNegative = text.startsWith("-");
  let minutes = 0;
  let place = isNegative ? 1 : 0;
  for (; place < text.length && text[place] !== "."; place++) minutes = minutes * 60 + digit(text.charCodeAt(place));
  const seconds = minutes * 60 + (place + 1 < text.length ? digit(text.charCodeAt(place + 1)) : 0);
  return (isNegative ? -seconds : seconds) * SECOND;
}

/** 0–9, a–z, A–X; NaN if it is another character. */
function digit(code: number): number {
  if (code >= 97 && code <= 122) return code - 87;
  if (code >= 65 && code <= 88) return code - 29;
  return code >= 48 && code <= 57 ? code - 48 : NaN;
}
