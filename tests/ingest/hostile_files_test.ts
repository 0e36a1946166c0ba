/** Files that were damaged at random: what is read of them is what a second reader reads, or they fail. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { bytesOf, damage, damaged, style } from "../support/damage.ts";
import { readFirst } from "../support/first_reader.ts";
import { table } from "../support/hostile_tables.ts";
import { RULES } from "../support/rules.ts";
import { readSecond } from "../support/second_reader/second_reader.ts";

Deno.test("10,000 damaged files are read as a second reader reads them, or fail as it fails", async () => {
  await fc.assert(
    fc.asyncProperty(table, damage, style, async (table, harm, form) => {
      const bytes = bytesOf(damaged(table, harm), form);
      for (const [place, byte] of harm.bytes) {
        bytes[place % bytes.length] = byte;
      }
      assert.deepEqual(
        await readFirst(bytes, form.piece),
        readSecond(bytes, RULES.zones),
      );
    }),
    { numRuns: 10_000 },
  );
});
