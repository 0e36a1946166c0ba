import { count } from "../../domain/counted.ts";
import { InputError } from "../faults/input_error.ts";
import type { Fault } from "../faults/fault.ts";
import type { NoticeKind, Notices } from "../faults/notice.ts";
import type { Note } from "../values/value.ts";
import type { DocumentKind, Entries, Entry, RowsOfKinds, StoreOf } from "./entry.ts";

/** More would not fit into memory beside the document. 14,000 stores with a week, ten special dates and a name have 250,000. */
const MOST_ENTRIES = 1_000_000;

type Lists = { readonly [Kind in DocumentKind]: Entry<RowsOfKinds[Kind]>[] };

/** Gathers what a document says. */
export class EntryList {
  readonly #lists: Lists = { hours: [], "special-hours": [], stores: [] };
  /** Those of the document as a whole. */
  readonly #notices: Notices;
  #total = 0;
  #place = 1;

  constructor(notices: Notices) {
    this.#notices = notices;
  }

  get entries(): Entries {
    return this.#lists;
  }

  /**
   * Adds what a place says of a store.
   *
   * @throws {InputError} if there are too many entries
   */
  read<Kind extends DocumentKind>(
    kind: Kind,
    store: StoreOf,
    read: (storeId: string, note: Note) => RowsOfKinds[Kind] | Fault,
  ): void {
    const notices = [...store.notices];
    const note: Note = (notice) => void notices.push(notice);
    const row = store.fault ?? read(store.storeId, note);
    this.add(kind, { storeId: store.storeId, row, notices });
  }

  /** @throws {InputError} if there are too many */
  add<Kind extends DocumentKind>(
    kind: Kind,
    entry: Omit<Entry<RowsOfKinds[Kind]>, "line"> & { readonly line?: number },
  ): void {
    if (++this.#total > MOST_ENTRIES) {
      throw new InputError(`The file has more than ${count(MOST_ENTRIES)} entries: split it`);
    }
    const list: Entry<RowsOfKinds[Kind]>[] = this.#lists[kind];
    list.push({ line: list.length + 1, ...entry });
  }

  /** Turns to the next location or event: notices name its place. */
  turnTo(place: number): void {
    this.#place = place;
  }

  note(notice: NoticeKind): void {
    this.#notices.add(notice, this.#place);
  }
}
