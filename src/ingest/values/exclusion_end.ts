import type { Micros } from "../../domain/time/interval.ts";
import { instantKind, UTC_BY_COLUMN } from "./instant.ts";
import { Unreadable, type ValueKind } from "./value.ts";

/** One end of an exclusion. */
export interface ExclusionEnd {
  /** Whether it is a wall time of the store's zone: it has no zone of its own. */
  readonly isLocal: boolean;
  /** An instant, or the wall time as if the zone were UTC. */
  readonly at: Micros;
}

const INSTANT = instantKind({ name: "", isUtc: true });

/** An instant with a zone or an offset, or a local date and time. */
export const EXCLUSION_END: ValueKind<ExclusionEnd> = {
  read(text, note) {
    let isLocal = false;
    const at = INSTANT.read(text, (kind) => {
      if (kind === UTC_BY_COLUMN) isLocal = true;
      else note(kind);
    });
    return at instanceof Unreadable ? at : { isLocal, at };
  },
};

export const ENDS_DIFFER = new Unreadable(
  "exclusion_ends_differ",
  "has a time zone and the other end has none, or the reverse: write both with a zone, or both in the store's local time",
);

export const NOT_AFTER_FROM = new Unreadable(
  "exclusion_ends_first",
  "is not later than the start of the exclusion: write the earlier time as from, and the later one as to",
);
