import assert from "node:assert/strict";
import fc from "fast-check";
import { formatInstant, parseAsOf, parseInstant } from "../../src/domain/time/instant.ts";
import { instant } from "../support/build.ts";

Deno.test("R6: an instant is read as the real export writes it", () => {
  assert.equal(parseInstant("2023-01-25 18:13:22.479220 UTC"), instant("2023-01-25 18:13:22.47922"));
});

Deno.test("R6: an instant has no fraction, or one of up to six digits", () => {
  assert.equal(parseInstant("2023-01-25 18:13:22 UTC"), instant("18:13:22"));
  for (const digits of ["4", "47", "479", "4792", "47922", "479221"]) {
    assert.equal(parseInstant(`2023-01-25 18:13:22.${digits} UTC`), instant(`18:13:22.${digits}`));
  }
  assert.equal(parseInstant("2023-01-25 18:13:22.4792211 UTC"), undefined);
  assert.equal(parseInstant("2023-01-25 18:13:22. UTC"), undefined);
});

Deno.test("R6: an instant is ISO 8601 too, with Z or an offset", () => {
  assert.equal(parseInstant("2023-01-25T18:13:22.5Z"), instant("18:13:22.5"));
  assert.equal(parseInstant("2023-01-25T18:13:22+05:30"), instant("12:43:22"));
  assert.equal(parseInstant("2023-01-25T18:13:22-0600"), instant("2023-01-26 00:13:22"));
  assert.equal(parseInstant("2023-01-25T18:13:22+01"), instant("17:13:22"));
});

Deno.test("a date alone is no instant of a file, but as an as-of it means its 00:00 UTC", () => {
  assert.equal(parseInstant("2023-01-20"), undefined);
  assert.equal(parseAsOf("2023-01-20"), instant("2023-01-20 00:00"));
  assert.equal(parseAsOf("2023-01-25T18:13:22+01:00"), instant("17:13:22"));
  for (const text of ["2023-02-29", "2023-1-20", "20230120", "2023-01-20T", "2023-01"]) {
    assert.equal(parseAsOf(text), undefined, text);
  }
});

Deno.test("R6: text without a zone, and dates and times that do not exist, are no instants", () => {
  const bad = ["", "UTC", "2023-01-25 18:13:22", "2023-02-29 00:00:00 UTC", "2023-13-01 00:00:00 UTC"];
  bad.push("2023-00-10 00:00:00 UTC", "2023-01-00 00:00:00 UTC", "2023-01-25 24:00:00 UTC", "2023-01-25 10:60:00 UTC");
  bad.push(
    "2023-01-25 10:00:60 UTC",
    "2023-01-25 UTC",
    " 2023-01-25 10:00:00 UTC",
    "1674670402",
    "2023-01-25 10:00:00 PST",
  );
  for (const text of bad) assert.equal(parseInstant(text), undefined, text);
});

Deno.test("R6: a year of before 1970 is not taken for one of the last century", () => {
  for (const year of ["0000", "0069", "0075", "0099", "1969", "2200", "9999"]) {
    assert.equal(parseInstant(`${year}-01-01 00:00:00 UTC`), undefined, year);
  }
});

Deno.test("R6: Temporal reads every instant the same, and what is written is read back", () => {
  const micros = fc.integer({ min: 0, max: Date.UTC(2200, 0, 1) * 1000 - 1 });
  fc.assert(fc.property(micros, fc.integer({ min: -1439, max: 1439 }), (at, minutes) => {
    const iso = formatInstant(at);
    assert.equal(Number(Temporal.Instant.from(iso).epochNanoseconds / 1000n), at);
    assert.equal(parseInstant(iso), at);
    const clock = `${Math.floor(Math.abs(minutes) / 60)}`.padStart(2, "0") +
      `:${Math.abs(minutes) % 60}`.replace(/:(.)$/, ":0$1");
    const timeZone = (minutes < 0 ? "-" : "+") + clock;
    assert.equal(parseInstant(Temporal.Instant.from(iso).toString({ timeZone })), at);
  }));
});
