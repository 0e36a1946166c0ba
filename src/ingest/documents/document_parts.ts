import type { Transaction } from "../../db/connection/client.ts";
import { stageDetails } from "../../db/stores/stage_details.ts";
import { stageHours } from "../../db/stores/stage_hours.ts";
import { stageSpecialHours } from "../../db/stores/stage_special_hours.ts";
import type { Staging } from "../../db/stores/staging.ts";
import type { DocumentKind, Entries, Entry } from "../entries/entry.ts";
import { InputError } from "../faults/input_error.ts";
import { type NoticeKind, Notices } from "../faults/notice.ts";
import type { OpenFile } from "../input_file.ts";
import { gathering, type RejectedRow } from "../intake.ts";
import { isFault } from "../rows/row_readers.ts";
import { SHOW, type ShownRow } from "../shown_rows.ts";
import { type FilePart, stageRows } from "../stage_file.ts";

/** How the rows of a kind are stored and shown. */
interface Way<Row> {
  readonly kind: DocumentKind;
  readonly stage: (tx: Transaction) => Promise<Staging<Row>>;
  readonly show: (row: Row) => ShownRow["row"];
}

const HOURS = { kind: "hours", stage: stageHours, show: SHOW.hours } as const;
const SPECIAL = { kind: "special-hours", stage: stageSpecialHours, show: SHOW["special-hours"] } as const;
const STORES = { kind: "stores", stage: stageDetails, show: SHOW.stores } as const;

/**
 * The parts of a document that have entries. Each is like a file of its kind, with a record of its own.
 *
 * @throws {InputError} if it has none of the kind that the user wants
 */
export function documentParts(file: OpenFile, entries: Entries): FilePart[] {
  const all = [
    ...partOf(file, HOURS, entries.hours),
    ...partOf(file, SPECIAL, entries["special-hours"]),
    ...partOf(file, STORES, entries.stores),
  ];
  const { kind } = file.input;
  const wanted = all.filter((part) => kind === undefined || part.kind === kind);
  const others = all.filter((part) => !wanted.includes(part)).map(({ kind }) => kind);
  const [first] = wanted;
  if (first === undefined) throw new InputError(nothing(kind, others));
  first.file.notices.addAll(file.notices.list(), (line) => line);
  if (others.length > 0) first.file.notices.add(partsNotRead(others), 1);
  return wanted;
}

function nothing(kind: string | undefined, others: readonly DocumentKind[] | readonly string[]): string {
  if (kind === undefined) return "The file has neither hours nor special hours nor names of stores";
  return `The file has no ${kind}${others.length === 0 ? "" : `: it has ${others.join(", ")}`}`;
}

function partsNotRead(kinds: readonly string[]): NoticeKind {
  return { code: "parts_not_read", message: `The file has ${kinds.join(" and ")}, too, which were not asked for` };
}

/** Enough to show the holidays of years. */
const ROWS_SHOWN = 200;

function partOf<Row extends object>(
  opened: OpenFile,
  { kind, stage, show }: Way<Row>,
  entries: readonly Entry<Row>[],
): FilePart[] {
  if (entries.length === 0) return [];
  const file = { ...opened, importId: crypto.randomUUID(), notices: new Notices() };
  for (const { line, row, notices } of entries) {
    if (!isFault(row)) { for (const notice of notices) file.notices.add(notice, line); }
  }
  const shown = kind === "special-hours" ? ROWS_SHOWN : 5;
  return [{
    file,
    kind,
    columns: [],
    storeIds: entries.flatMap(({ storeId }) => storeId ?? []),
    stage: (tx) =>
      stageRows(tx, {
        file,
        kind,
        notices: [],
        open: async (tx) => gathering({ read: readEntry, show, idColumn: "store_id", shown }, await stage(tx)),
        batches: () => batchesOf(entries),
      }),
  }];
}

function readEntry<Row extends object>({ line, storeId, row }: Entry<Row>): Row | RejectedRow {
  return isFault(row) ? { line, ...row, storeId } : row;
}

const BATCH = 1_000;

async function* batchesOf<Row>(entries: readonly Entry<Row>[]): AsyncGenerator<readonly Entry<Row>[]> {
  for (let start = 0; start < entries.length; start += BATCH) yield entries.slice(start, start + BATCH);
}
