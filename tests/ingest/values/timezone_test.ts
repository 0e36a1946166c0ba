import assert from "node:assert/strict";
import cldr from "cldr-core/supplemental/windowsZones.json" with { type: "json" };
import { openTimezone } from "../../../src/domain/time/timezone.ts";
import { timezoneKind } from "../../../src/ingest/values/timezone.ts";
import { WINDOWS_DISPLAY_NAMES } from "../../../src/ingest/values/windows_display_names.ts";
import { RULES } from "../../support/rules.ts";
import { reads, reasonOf, refuses } from "../../support/values.ts";

const TIMEZONE = timezoneKind(RULES.zones);

Deno.test("R8, R34: a zone is an IANA name in any letter case, links included", () => {
  reads(TIMEZONE, {
    "america/new_york": "America/New_York",
    "Asia/Kathmandu": "Asia/Kathmandu",
    "UTC": "UTC",
    "US/Eastern": "US/Eastern",
    "est": "EST",
    "CET": "CET",
    "Etc/GMT+5": "Etc/GMT+5",
    "GMT+0": "GMT+0",
  });
});

Deno.test("a zone may have its Windows name or display name, with a notice", () => {
  reads(TIMEZONE, {
    "Eastern Standard Time": "America/New_York",
    "eastern standard time": "America/New_York",
    "W. Europe Standard Time": "Europe/Berlin",
    "AUS Eastern Standard Time": "Australia/Sydney",
    "UTC-11": "Etc/GMT+11",
    "(GMT-05:00) Eastern Time (US & Canada)": "America/New_York",
    "(UTC-05:00) Eastern Time (US & Canada)": "America/New_York",
    "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna": "Europe/Berlin",
    "(UTC) Dublin, Edinburgh, Lisbon, London": "Europe/London",
    "(GMT-08:00) Pacific Time (US & Canada); Tijuana": "America/Los_Angeles",
  }, ["windows_zone"]);
});

Deno.test("every Windows zone of CLDR has a display name here, and a zone in the rules", () => {
  const zones = cldr.supplemental.windowsZones.mapTimezones.filter(({ mapZone }) => mapZone._territory === "001");
  assert.deepEqual(
    zones.map(({ mapZone }) => mapZone._other).sort(),
    Object.keys(WINDOWS_DISPLAY_NAMES).sort(),
  );
  for (const { mapZone } of zones) assert.ok(RULES.zones.has(mapZone._type.toLowerCase()), mapZone._type);
});

Deno.test("no two Windows zones share a display name", () => {
  const names = Object.values(WINDOWS_DISPLAY_NAMES).flat().map((name) => name.toLowerCase());
  assert.equal(new Set(names).size, names.length);
});

Deno.test("a zone may be an offset, positive in the east, with a notice", () => {
  reads(TIMEZONE, {
    "+05:30": "+05:30",
    "+0530": "+05:30",
    "UTC+3": "+03:00",
    "GMT-5": "-05:00",
    "utc+05:45": "+05:45",
    "UTC -9:30": "-09:30",
    "+00:00": "UTC",
    "+14:00": "+14:00",
    "-12": "-12:00",
  }, ["offset_zone"]);
});

Deno.test("an offset always holds", () => {
  const HOUR = 3_600_000_000;
  assert.equal(openTimezone("+05:30", RULES).offsetAt(0), 5.5 * HOUR);
  assert.equal(openTimezone("-09:30", RULES).instantOf(0, 0), 9.5 * HOUR);
  assert.equal(openTimezone("+03:00", RULES).dateAt(22 * HOUR), 1);
});

Deno.test("an abbreviation is refused, and the reason proposes zones", () => {
  const texts = ["AEST", "IST", "CST", "PST", "bst", "EDT", "ET"];
  refuses(TIMEZONE, Object.fromEntries(texts.map((text) => [text, "zone_abbreviation"])));
  assert.match(reasonOf(TIMEZONE, "AEST"), /Australia\/Brisbane or Australia\/Sydney/);
  assert.match(reasonOf(TIMEZONE, "CST"), /America\/Chicago, Asia\/Shanghai or America\/Havana/);
});

Deno.test("an unknown name is refused, and the reason proposes what is near", () => {
  for (
    const [text, near] of [
      ["America/AnguillaSandy Hill", /perhaps America\/Anguilla/],
      ["America/New York", /perhaps America\/New_York/],
      ["New York", /perhaps America\/New_York/],
      ["Europe/Belin", /Europe\/Berlin/],
      ["Berlin, Germany", /Europe\/Berlin/],
    ] as const
  ) {
    refuses(TIMEZONE, { [text]: "zone_unknown" });
    assert.match(reasonOf(TIMEZONE, text), near);
  }
});

Deno.test("each other fault of a zone has its own reason", () => {
  refuses(TIMEZONE, {
    "": "zone_empty",
    "(UTC-08:00) Eastern Time (US & Canada)": "zone_contradicts",
    "null": "zone_missing",
    "Eastern Daylight Time": "zone_half_year",
    "Eastern Time": "zone_us_time",
    "pacific": "zone_us_time",
    "UTC+15": "zone_no_such_offset",
    "+05:75": "zone_no_such_offset",
    "UTC+3h": "zone_bad_offset",
    "5": "zone_bad_offset",
    "Mars/Olympus": "zone_unknown",
    ["x".repeat(1_000)]: "too_long",
  });
  assert.match(reasonOf(TIMEZONE, "Eastern Time"), /write America\/New_York$/);
});

Deno.test("each abbreviation's zones exist, and no abbreviation is a zone", async () => {
  const { ABBREVIATIONS, US_TIMES } = await import("../../../src/ingest/values/zone_abbreviations.ts");
  for (const [abbreviation, zones] of Object.entries({ ...ABBREVIATIONS, ...US_TIMES })) {
    assert.ok(!RULES.zones.has(abbreviation.toLowerCase()), abbreviation);
    for (const zone of zones) assert.ok(RULES.zones.has(zone.toLowerCase()), zone);
  }
});
