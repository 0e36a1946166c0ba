import type { EntryList } from "../entries/entry_list.ts";
import { quotedName } from "../rows/column_choice.ts";
import { isObject, type Located } from "./located.ts";

const NAMES_SHOWN = 20;

/** The fields of locations that nothing reads, and where each of them came first. */
export class UnreadFields {
  readonly #places = new Map<string, number>();

  /** @param place the number of the location, from 1 */
  add({ value }: Located, place: number, isRead: (name: string) => boolean): void {
    for (const name of isObject(value) ? Object.keys(value) : []) {
      if (!isRead(name) && !this.#places.has(name)) this.#places.set(name, place);
    }
  }

  /** Names them in one notice. */
  note(list: EntryList): void {
    const [first] = this.#places.values();
    if (first === undefined) return;
    const names = [...this.#places.keys()].slice(0, NAMES_SHOWN).map(quotedName);
    const more = this.#places.size > NAMES_SHOWN ? ", …" : "";
    list.turnTo(first);
    list.note({ code: "fields_not_read", message: `Fields of locations were not read: ${names.join(", ")}${more}` });
  }
}
