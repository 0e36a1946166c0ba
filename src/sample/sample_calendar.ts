import type { CsvFile } from "./csv_file.ts";
import type { Random, Weighted } from "./random.ts";
import type { SampleStore } from "./sample_store.ts";

/** The files of a sample beside polls, hours and timezones. */
export type CalendarFiles = Record<"stores" | "newHours" | "specialHours" | "exclusions", CsvFile>;

/** What each of them is called, and its header. `new_hours.csv` comes after `menu_hours.csv` in a folder: it adds a version to them. */
export const CALENDAR_FILES = {
  stores: ["stores.csv", "store_id,name,brand,region,sales_per_hour,target_percent"],
  newHours: ["new_hours.csv", "store_id,valid_from,day,start_time_local,end_time_local"],
  specialHours: ["special_hours.csv", "store_id,date,start_time_local,end_time_local,reason"],
  exclusions: ["exclusions.csv", "store_id,from,to,kind,reason"],
} as const satisfies Record<keyof CalendarFiles, readonly [string, string]>;

const BRANDS: Weighted<string> = [["Pronto Pizza", 40], ["Golden Wok", 30], ["Burger Yard", 20], ["Green Bowl", 10]];
const STREETS: Weighted<string> = [["Main Street", 5], ["Park Avenue", 3], ["Station Road", 3], ["Harbor Lane", 2], [
  "Hill Drive",
  2,
]];
const TARGETS: Weighted<string> = [["", 60], ["99.5", 20], ["99", 15], ["95", 5]];

const REGIONS: Readonly<Record<string, string>> = {
  "America/New_York": "East",
  "America/Detroit": "East",
  "America/Indiana/Indianapolis": "East",
  "America/Chicago": "Central",
  "America/Denver": "Mountain",
  "America/Boise": "Mountain",
  "America/Edmonton": "Mountain",
  "America/Phoenix": "Mountain",
  "America/Los_Angeles": "West",
  "Pacific/Honolulu": "West",
};

/** Holidays of all stores. */
const HOLIDAYS = [
  "*,2022-12-25,,,Christmas",
  "*,2023-01-01,,,New Year",
  "*,2023-01-16,11:00:00,17:00:00,Martin Luther King Day",
];

/** Planned closures of the second, third and fourth store, in local time. */
const CLOSURES = [
  "2023-01-20 00:00,2023-01-23 00:00,planned,kitchen renovation",
  "2023-01-24 08:00,2023-01-24 14:00,planned,power maintenance",
  "2023-01-19 22:00,2023-01-20 12:00,planned,new point of sale",
];

/** Nothing that one store has in one of the files comes near this. */
const STORE_BYTES = 4_096;

/** Writes what holds for all stores. */
export async function writeHolidays({ specialHours }: CalendarFiles): Promise<void> {
  await specialHours.room(STORE_BYTES);
  for (const row of HOLIDAYS) specialHours.row(row);
}

/**
 * Writes the name, tags and calendar of a store.
 *
 * @param index its place in the sample, from 0
 * @param random a stream that the polls do not use: they stay the same, whether these files are made or not
 */
export async function writeCalendar(
  files: CalendarFiles,
  { id, timezone, hours }: SampleStore,
  { index, random }: { readonly index: number; readonly random: Random },
): Promise<void> {
  for (const file of Object.values(files)) await file.room(STORE_BYTES);
  const brand = random.pick(BRANDS);
  const name = `${brand} ${1 + random.below(400)} ${random.pick(STREETS)}`;
  const sales = `${20 + random.below(280)}.${random.chance(1, 4) ? "50" : "00"}`;
  files.stores.row(`${id},${name},${brand},${REGIONS[timezone ?? ""] ?? ""},${sales},${random.pick(TARGETS)}`);
  if (brand === "Golden Wok") files.specialHours.row(`${id},2023-01-22,,,Lunar New Year`);
  // The change of hours: from a Monday on, this brand closes at 20:00.
  const changes = brand === "Green Bowl" && hours.length > 0;
  for (const day of changes ? [0, 1, 2, 3, 4, 5, 6] : []) {
    files.newHours.row(`${id},2023-01-23,${day},08:00:00,20:00:00`);
  }
  const closure = CLOSURES[index - 1];
  if (closure !== undefined) files.exclusions.row(`${id},${closure}`);
}
