import { count } from "../../domain/counted.ts";
import { dateText, daysFrom, epochDay } from "../entries/dates.ts";
import type { EntryList } from "../entries/entry_list.ts";
import { type Fault, shown } from "../faults/fault.ts";
import { InputError } from "../faults/input_error.ts";
import type { NoticeKind } from "../faults/notice.ts";
import { Unreadable } from "../values/value.ts";
import type { AllDayEvent } from "./all_day_event.ts";
import { type DateSpan, recurrences } from "./recurrence.ts";

/** An event, or why it cannot be read. */
export interface ReadEvent {
  readonly line: number;
  readonly event: AllDayEvent | Fault;
  readonly notices: readonly NoticeKind[];
}

const CANCELLED = { code: "event_cancelled", message: "An event is cancelled: it was left out" };
const DATE_TWICE = {
  code: "date_twice",
  message: "Events share a date: the name of the first one in the file is the reason for which the date is closed",
};

/** More are no holidays. */
const MOST_RULES = 500;
const MOST_DATES = 100_000;

interface Holiday {
  readonly date: string;
  readonly reason: string;
  readonly line: number;
  readonly notices: readonly NoticeKind[];
}

/** Gathers the dates on which stores are closed. */
export class HolidayList {
  readonly #list: EntryList;
  readonly #stores: readonly string[];
  readonly #span: DateSpan;
  readonly #bounded: NoticeKind;
  readonly #holidays = new Map<string, Holiday>();
  #rules = 0;
  #dates = 0;

  constructor(list: EntryList, stores: readonly string[], span: DateSpan) {
    this.#list = list;
    this.#stores = stores;
    this.#span = span;
    const last = dateText(epochDay(span.to) - 1);
    this.#bounded = { code: "repeats_bounded", message: `A repeating event was read from ${span.from} to ${last}` };
  }

  /** @param replaced occurrences that other events replace */
  take({ line, event, notices }: ReadEvent, replaced: ReadonlySet<string>): void {
    this.#list.turnTo(line);
    if ("code" in event) return this.#refuse(line, event);
    if (event.isCancelled) return this.#list.note(CANCELLED);
    const starts = this.#startsOf(event);
    if ("code" in starts) return this.#refuse(line, starts);
    const kept = starts.filter((date) => event.replaces !== undefined || !replaced.has(`${event.uid} ${date}`));
    for (const start of kept) {
      for (const [place, date] of daysFrom(start, event.days).entries()) {
        this.#add({ date, reason: event.summary, line, notices: place === 0 ? notices : [] });
      }
    }
  }

  /** Adds all dates to the list, in their order. */
  end(): void {
    const sorted = [...this.#holidays.values()].sort((a, b) => a.date < b.date ? -1 : 1);
    for (const { date, reason, line, notices } of sorted) {
      for (const storeId of this.#stores) {
        this.#list.add("special-hours", { storeId, line, row: { storeId, date, times: undefined, reason }, notices });
      }
    }
  }

  #add(holiday: Holiday): void {
    if (++this.#dates > MOST_DATES) {
      throw new InputError(`The calendar has more than ${count(MOST_DATES)} dates: split it`);
    }
    const before = this.#holidays.get(holiday.date);
    if (before === undefined) this.#holidays.set(holiday.date, holiday);
    else if (before.reason !== holiday.reason) this.#list.note(DATE_TWICE);
  }

  #refuse(line: number, fault: Fault): void {
    // Of several stores, none is more to blame than another.
    const storeId = this.#stores.length === 1 ? this.#stores[0] : undefined;
    this.#list.add("special-hours", { storeId, line, row: fault, notices: [] });
  }

  #startsOf({ start, rules, moreDates, exceptDates }: AllDayEvent): string[] | Fault {
    const starts = new Set(rules.length === 0 ? [start, ...moreDates] : moreDates);
    if (rules.length > 0) this.#list.note(this.#bounded);
    for (const rule of rules) {
      if (++this.#rules > MOST_RULES) throw new InputError(`The calendar has more than ${MOST_RULES} rules: split it`);
      const found = recurrences(start, rule, this.#span);
      if (found instanceof Unreadable) return { ...found, column: "RRULE", value: shown(rule) };
      for (const date of found) starts.add(date);
    }
    for (const date of exceptDates) starts.delete(date);
    return [...starts];
  }
}
