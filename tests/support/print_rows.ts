/** Prints report rows of many stores, always the same ones; run under several TZ, the bytes must not differ. */
import { csvRow } from "./row.ts";
import { METHOD_NAMES } from "../../src/domain/method.ts";
import { everyDay, hours, instant, type Poll, rowOf, text } from "./build.ts";

const ZONES = ["America/Chicago", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns", "UTC"];
const WEEKLY = [
  [],
  everyDay("09:00", "17:00"),
  everyDay("22:00", "02:30"),
  [hours("Sunday", "00:00", "24:00"), hours("Sunday", "02:30", "03:00"), hours("Monday", "00:00", "00:00")],
];

/** A poll every 53 minutes and 7 seconds for nine days, every third of them inactive. */
function pollsBefore(asOf: string): Poll[] {
  return Array.from({ length: 240 }, (_, index) => ({
    at: instant(asOf) - index * 3_187_000_001,
    status: index % 3 === 0 ? "inactive" : "active",
  }));
}

function* rows(): Generator<string> {
  for (const asOf of ["2023-01-25 18:13:22.47922", "2023-03-13 05:00", "2023-11-06 03:30"]) {
    for (const zone of ZONES) {
      for (const [index, weekly] of WEEKLY.entries()) {
        for (const method of METHOD_NAMES) {
          const row = rowOf({ zone, hours: weekly, polls: pollsBefore(asOf) }, asOf, method);
          yield csvRow([text(instant(asOf)), zone, index, method].join(" "), row, 6);
        }
      }
    }
  }
}

if (import.meta.main) {
  console.error(new Date(0).getTimezoneOffset());
  for (const row of rows()) console.log(row.trimEnd());
}
