import assert from "node:assert/strict";
import { STORE_ID } from "../../../src/ingest/values/store_id.ts";
import { reads, reasonOf, refuses } from "../../support/values.ts";

Deno.test("R3: a store id is text: 19 digits, a UUID, leading zeros and letters of any script stay as they are", () => {
  const ids = [
    "9222367421889482050",
    "007",
    "1e5",
    "5E3",
    "3f2b8c1e-0d6e-4b7a-9d52-0d4c8a3f1b2c",
    "Café Zoë",
    "店 1",
    "🍕".repeat(64),
    "1001.5",
    "1001.00",
    "a.0",
    "...",
  ];
  reads(STORE_ID, Object.fromEntries(ids.map((id) => [id, id])));
});

Deno.test("a store id that a program read as a number loses its .0, with a notice", () => {
  reads(STORE_ID, { "1001.0": "1001", "0.0": "0", "9222367421889482050.0": "9222367421889482050" }, [
    "id_point_zero_dropped",
  ]);
});

Deno.test("one apostrophe before a store id is dropped, with a notice", () => {
  reads(STORE_ID, { "'1001": "1001", "' 1001": "1001", "''1": "'1" }, ["id_apostrophe_dropped"]);
  reads(STORE_ID, { "'1001.0": "1001" }, ["id_apostrophe_dropped", "id_point_zero_dropped"]);
});

Deno.test("a store id that a spreadsheet has rounded is refused, and the reason says what to do", () => {
  const texts = ["8.41954E+18", "1.48E+18", "8,41954E+18", "8.4e+18", "1E+18", "'8.41954E+18", "8.41954E18", "1.0e5"];
  refuses(STORE_ID, Object.fromEntries(texts.map((text) => [text, "id_rounded"])));
  assert.match(reasonOf(STORE_ID, "1.48E+18"), /spreadsheet has rounded.*export the file again/);
});

Deno.test("R3: a store id has 1 to 64 characters, however many UTF-16 units those are", () => {
  refuses(STORE_ID, { "": "id_empty", "'": "id_empty" });
  refuses(STORE_ID, {
    ["x".repeat(65)]: "id_too_long",
    ["🍕".repeat(65)]: "id_too_long",
    ["x".repeat(1e6)]: "id_too_long",
  });
});

Deno.test("R4: a store id that a spreadsheet would run as a formula, or that an address cannot hold, is refused", () => {
  refuses(STORE_ID, { "=1+1": "id_formula", "+1": "id_formula", "-1": "id_formula", "@SUM(A1)": "id_formula" });
  refuses(STORE_ID, { "'=1": "id_formula", ".": "id_dots", "..": "id_dots" });
});

Deno.test("R3: a store id with a character that cannot be printed is refused", () => {
  const texts = ["a\0b", "a\nb", "a\u200bb", "a\u202eb", "a\u2028b", "a\ud800b", "a\uffffb"];
  refuses(STORE_ID, Object.fromEntries(texts.map((text) => [text, "id_unprintable"])));
});
