import { ByteWriter, ParquetWriter, type SchemaElement } from "hyparquet-writer";

/*
 * The one place that knows the library that writes Parquet.
 */

/** A column of a Parquet file. Each may have cells without a value. */
export interface ParquetColumn {
  readonly name: string;
  readonly type: ParquetType;
}

/** Times are bigints: microseconds, instants since 1970. A decimal is a bigint of its last digits. A count is a number below 2^31. */
export type ParquetType = "text" | "count" | "micros" | "instant" | Decimal;

/** A number with so many digits after the point: at most 18 in all, which 64 bits keep. */
export interface Decimal {
  readonly digits: number;
}

export type ParquetValue = string | number | bigint | undefined;

/** So many rows are encoded at a time, and are in memory together. */
const ROWS_PER_GROUP = 10_000;

/** Writes a Parquet file, in pieces: a group of rows each. */
export function* parquetFile(
  columns: readonly ParquetColumn[],
  rows: Iterable<readonly ParquetValue[]>,
): Generator<Uint8Array> {
  const bytes = new PieceWriter();
  const schema = [{ name: "root", num_children: columns.length }, ...columns.map(schemaElement)];
  const file = new ParquetWriter({ writer: bytes, schema, createdBy: "Storewatch" });
  const write = (group: readonly ParquetValue[][]) =>
    file.write({
      columnData: columns.map(({ name }, index) => ({ name, data: group[index] ?? [] })),
      rowGroupSize: ROWS_PER_GROUP,
    });
  let group: ParquetValue[][] = columns.map(() => []);
  for (const row of rows) {
    for (const [index, values] of group.entries()) values.push(row[index]);
    if (group[0]?.length !== ROWS_PER_GROUP) continue;
    write(group);
    yield bytes.take();
    group = columns.map(() => []);
  }
  write(group);
  file.finish();
  yield bytes.take();
}

/** Collects bytes until they are taken. Positions count from the start of the file. */
class PieceWriter extends ByteWriter {
  take(): Uint8Array {
    const piece = this.getBytes().slice();
    this.index = 0;
    return piece;
  }
}

function schemaElement({ name, type }: ParquetColumn): SchemaElement {
  const column = { name, repetition_type: "OPTIONAL" } as const;
  if (typeof type === "object") {
    return { ...column, type: "INT64", converted_type: "DECIMAL", precision: 18, scale: type.digits };
  }
  switch (type) {
    case "text":
      return { ...column, type: "BYTE_ARRAY", converted_type: "UTF8" };
    case "count":
      return { ...column, type: "INT32" };
    case "micros":
      return { ...column, type: "INT64" };
    case "instant":
      return {
        ...column,
        type: "INT64",
        converted_type: "TIMESTAMP_MICROS",
        logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MICROS" },
      };
  }
}
