import type { StagedDetails } from "../../db/stores/stage_details.ts";
import type { StagedHours } from "../../db/stores/stage_hours.ts";
import type { StagedSpecialHours } from "../../db/stores/stage_special_hours.ts";
import type { Fault } from "../faults/fault.ts";
import type { NoticeKind } from "../faults/notice.ts";

/** What a document says in one place: a row as files of the kind have it, or the reason why it cannot be one. */
export interface Entry<Row> {
  /** Its number among the entries of its kind, from 1; in a calendar the line of the event. No two bad ones have the same. */
  readonly line: number;
  /** As far as it can be read: a store with a bad entry has a mark. */
  readonly storeId: string | undefined;
  readonly row: Row | Fault;
  /** What reading it changed or dropped. */
  readonly notices: readonly NoticeKind[];
}

/** The rows that a document may have, by the kind of file whose rows they are. */
export interface RowsOfKinds {
  readonly hours: StagedHours;
  readonly "special-hours": StagedSpecialHours;
  readonly stores: StagedDetails;
}

export type DocumentKind = keyof RowsOfKinds;

/** In the order in which they are loaded. */
export const DOCUMENT_KINDS = ["hours", "special-hours", "stores"] as const satisfies readonly DocumentKind[];

export type Entries = { readonly [Kind in DocumentKind]: readonly Entry<RowsOfKinds[Kind]>[] };

/** The store of a location, or why nothing of the location can be taken. */
export type StoreOf =
  & (
    | { readonly storeId: string; readonly fault?: undefined }
    | { readonly storeId: string | undefined; readonly fault: Fault }
  )
  & { readonly notices: readonly NoticeKind[] };
