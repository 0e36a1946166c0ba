import type { Fault } from "../faults/fault.ts";
import type { NoticeKind } from "../faults/notice.ts";
import { STORE_ID } from "../values/store_id.ts";
import { Unreadable } from "../values/value.ts";
import type { StoreOf } from "../entries/entry.ts";
import { faultAt, field, isMissing, isObject, type Located } from "./located.ts";

/** A field that may have the id. */
export interface IdField {
  readonly name: string;
  /** The id in its text. */
  readonly idIn?: (text: string) => string;
  /** The field that has the id, if the value is an object. */
  readonly inner?: string;
}

/**
 * The store of a location, from the first field that is there.
 *
 * @param fields the best first
 */
export function storeOf(location: Located, fields: readonly IdField[]): StoreOf {
  for (const { name, idIn = (text: string) => text, inner } of fields) {
    const outer = field(location, name);
    const found = inner !== undefined && isObject(outer.value) ? field(outer, inner) : outer;
    if (isMissing(found)) continue;
    const notices: NoticeKind[] = [];
    const text = typeof found.value === "number" ? String(found.value) : found.value;
    const id = typeof text === "string" ? STORE_ID.read(idIn(text.trim()), (kind) => notices.push(kind)) : NOT_TEXT;
    if (id instanceof Unreadable) return { storeId: undefined, fault: faultAt(found, id), notices };
    return { storeId: id, notices };
  }
  const names = fields.map(({ name }) => name).join(", ");
  return { storeId: undefined, fault: faultOf(location, `has no id of a store: expected is ${names}`), notices: [] };
}

function faultOf({ place }: Located, reason: string): Fault {
  return { code: "id_missing", column: place === "" ? undefined : place, value: undefined, reason };
}

const NOT_TEXT = new Unreadable("id_not_text", "is not a text: write the id of the store");
