import type { ImportKind, Reject } from "../db/imports.ts";
import type { Transaction } from "../db/client.ts";
import { stageHours } from "../db/stage_hours.ts";
import { type PollsTarget, stagePolls } from "../db/stage_polls.ts";
import { stageTimezones } from "../db/stage_timezones.ts";
import type { Staging } from "../db/staging.ts";
import type { ZoneRules } from "../domain/zone_rules.ts";
import type { Columns } from "./columns.ts";
import type { CsvRecord } from "./csv.ts";
import { type Fault, shown } from "./fault.ts";
import type { Notices } from "./notice.ts";
import { hoursReader, isFault, pollReader, type RowReader, timezoneReader } from "./row_readers.ts";

/** Takes the rows of one file: checks each, gathers the good ones, sends them to the staging table, merges at the end. */
export interface Intake {
  /** @returns why the row is rejected, if it is */
  take(record: CsvRecord): Reject | undefined;
  /** The number of rows gathered and not sent yet. */
  waiting(): number;
  send(): Promise<void>;
  /** @returns how many rows of the database were added, altered or removed */
  merge(): Promise<number>;
}

/** What rows are read with, and where they go. */
export interface IntakeContext {
  readonly target: PollsTarget;
  /** Filled as rows are read. */
  readonly notices: Notices;
  readonly rules: ZoneRules;
}

const OPEN: Record<ImportKind, (tx: Transaction, columns: Columns, context: IntakeContext) => Promise<Intake>> = {
  polls: async (tx, columns, { target, notices }) =>
    intake(columns, pollReader(columns, notices), await stagePolls(tx, target)),
  hours: async (tx, columns, { notices }) => intake(columns, hoursReader(columns, notices), await stageHours(tx)),
  timezones: async (tx, columns, { rules }) =>
    intake(columns, timezoneReader(columns, rules), await stageTimezones(tx)),
};

export async function openIntake(tx: Transaction, columns: Columns, context: IntakeContext): Promise<Intake> {
  return await OPEN[columns.kind](tx, columns, context);
}

function intake<Row extends object>(columns: Columns, read: RowReader<Row>, staging: Staging<Row>): Intake {
  let rows: Row[] = [];
  return {
    take({ line, fields }) {
      if (fields.length !== columns.width) return ragged(line, fields, columns.width);
      const row = read(fields, line);
      if (isFault(row)) return toReject(line, row);
      rows.push(row);
      return undefined;
    },
    waiting: () => rows.length,
    async send() {
      const sent = rows;
      rows = [];
      await staging.add(sent);
    },
    merge: () => staging.merge(),
  };
}

function toReject(line: number, { column, value, reason }: Fault): Reject {
  return { line, column, value, reason };
}

function ragged(line: number, fields: readonly string[], width: number): Reject {
  const reason = `has ${fields.length} ${fields.length === 1 ? "field" : "fields"}, the header has ${width}`;
  return { line, column: undefined, value: shown(fields.join(",")), reason };
}
