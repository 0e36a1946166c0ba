import type { StagedPoll } from "../db/polls/stage_polls.ts";
import type { PollLimits } from "../domain/polls/poll_limits.ts";
import { believable } from "./believable_polls.ts";
import { type ColumnName, COLUMNS_OF, meaningOf } from "./rows/column_names.ts";
import { type Fault, shown } from "./faults/fault.ts";
import type { NoticeKind, Notices } from "./faults/notice.ts";
import { passedOver } from "./rows/column_choice.ts";
import type { Columns } from "./rows/columns.ts";
import { isFault, pollReader, type RowReader } from "./rows/row_readers.ts";

/** The fields of a poll, as the objects of one shape call them. */
interface Shape {
  readonly names: readonly string[];
  /** Where several fields have one meaning. */
  readonly notices: readonly NoticeKind[];
  readonly read: RowReader<StagedPoll>;
}

/** More shapes in one batch are not remembered, and objects with more fields are not searched for other names. */
const MOST_SHAPES = 100;
const MOST_FIELDS = 100;

/** Reads polls of the form `{store_id, status, timestamp_utc}` as the rows of a file with such columns. */
export class JsonPolls {
  readonly #notices: Notices;
  readonly #limits: PollLimits;
  readonly #shapes = new Map<string, Shape>();

  constructor(notices: Notices, limits: PollLimits) {
    this.#notices = notices;
    this.#limits = limits;
  }

  /** @param position the index of the poll in its batch, from 0 */
  read(item: unknown, position: number): StagedPoll | Fault {
    if (typeof item !== "object" || item === null || Array.isArray(item)) {
      const reason = "is not an object: send polls as {store_id, status, timestamp_utc}";
      return { code: "not_an_object", column: undefined, value: shown(jsonOf(item)), reason };
    }
    const fields: Record<string, unknown> = { ...item };
    const { names, notices, read } = this.#shapeOf(Object.keys(fields));
    const texts: string[] = [];
    for (const [place, name] of names.entries()) {
      const text = textOf(name, fields[name], COLUMNS_OF.polls[place]);
      if (typeof text !== "string") return text;
      texts.push(text);
    }
    const poll = read(texts, position);
    if (!isFault(poll)) { for (const notice of notices) this.#notices.add(notice, position); }
    return poll;
  }

  #shapeOf(keys: readonly string[]): Shape {
    const key = keys.join("\0");
    const known = this.#shapes.get(key);
    if (known !== undefined) return known;
    const chosen = COLUMNS_OF.polls.map((column) => namesFor(column, keys));
    const names = chosen.map(([best], place) => best ?? COLUMNS_OF.polls[place] ?? "");
    const found = names.map((name, index) => ({ name, index, isAlias: false }));
    const width = names.length;
    const others: Columns["others"] = new Map();
    const wanted = COLUMNS_OF.polls;
    const columns = { kind: "polls" as const, width, namedWidth: width, wanted, found, others, tags: [], notices: [] };
    const notices = chosen.flatMap(([best = "", ...others]) => others.length === 0 ? [] : [passedOver(best, others)]);
    const read = believable(pollReader(columns, this.#notices), columns, this.#limits);
    const shape = { names, notices, read };
    if (this.#shapes.size < MOST_SHAPES) this.#shapes.set(key, shape);
    return shape;
  }
}

/** The fields that may be meant by a column, the best name first. */
function namesFor(column: ColumnName, keys: readonly string[]): string[] {
  if (keys.length > MOST_FIELDS) return keys.filter((key) => key === column);
  return keys.map((name) => ({ name, meaning: meaningOf(name.trim()) }))
    .filter(({ meaning }) => meaning?.column === column)
    .sort((a, b) => (a.meaning?.rank ?? 0) - (b.meaning?.rank ?? 0))
    .map(({ name }) => name);
}

function textOf(name: string, value: unknown, column: ColumnName | undefined): string | Fault {
  if (typeof value === "string") return value;
  if (value === undefined) {
    return { code: "missing_field", column: name, value: undefined, reason: "is missing: a poll needs it" };
  }
  // An instant may be a whole number since 1970.
  if (column === "timestamp_utc" && typeof value === "number" && Number.isSafeInteger(value)) return String(value);
  return { code: "not_a_string", column: name, value: shown(jsonOf(value)), reason: reasonOf(value, column) };
}

/** As JSON, unless it is nested so deep that this fails. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "nested too deep to be shown";
  }
}

function reasonOf(value: unknown, column: ColumnName | undefined): string {
  if (column === "store_id" && typeof value === "number") {
    return "is a number, but must be a string: ids of 19 digits do not fit a JSON number that is read as a double";
  }
  if (column === "status" && typeof value === "boolean") {
    return 'is a boolean, which does not say what it answers: send "active" or "inactive"';
  }
  if (column === "timestamp_utc" && typeof value === "number") {
    return "is not a whole number that is exact in JSON: send whole seconds, milliseconds or microseconds since 1970";
  }
  return "is not a string: send it in quotes";
}
