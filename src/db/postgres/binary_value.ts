import type { Fragment, Transaction } from "../connection/client.ts";

/**
 * Reads one `bytea` through a binary cursor. Without it, Postgres sends each byte as two hexadecimal digits. Making them takes
 * longer than reading the data.
 *
 * @param value a query of one row and column
 */
export async function readBytes(tx: Transaction, value: Fragment): Promise<DataView> {
  // Sent together: the transaction waits once.
  const [, [row]] = await Promise.all([
    tx`declare one_value binary no scroll cursor for ${value}`,
    tx.unsafe("fetch one_value").raw(),
    tx.unsafe("close one_value"),
  ]);
  const { buffer, byteOffset, byteLength } = row?.[0] ?? NO_BYTES;
  return new DataView(buffer, byteOffset, byteLength);
}

const NO_BYTES = new Uint8Array();
