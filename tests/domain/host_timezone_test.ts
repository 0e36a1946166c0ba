import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { METHOD_NAMES } from "../../src/domain/method.ts";

const SCRIPT = fileURLToPath(new URL("../support/print_rows.ts", import.meta.url));

/** The rows that the script prints under a TZ, and the minutes that the host's clock was then behind UTC in 1970. */
async function rowsUnder(TZ: string): Promise<{ rows: string; minutes: number }> {
  const command = new Deno.Command(Deno.execPath(), { args: ["run", "--no-check", SCRIPT], env: { TZ } });
  const { success, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  assert.ok(success, decoder.decode(stderr));
  return { rows: decoder.decode(stdout), minutes: Number(decoder.decode(stderr).trim()) };
}

Deno.test("R52: the host's TZ changes no byte of any row", async () => {
  const [utc, kolkata, newYork] = await Promise.all(["UTC", "Asia/Kolkata", "America/New_York"].map(rowsUnder));
  assert.ok(utc !== undefined && kolkata !== undefined && newYork !== undefined);
  assert.deepEqual([utc.minutes, kolkata.minutes, newYork.minutes], [0, -330, 300]);
  assert.equal(utc.rows.split("\n").length, 3 * 6 * 4 * METHOD_NAMES.length + 1);
  assert.equal(kolkata.rows, utc.rows);
  assert.equal(newYork.rows, utc.rows);
});
