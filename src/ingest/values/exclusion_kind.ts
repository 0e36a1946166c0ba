import { EXCLUSION_KINDS, type ExclusionKind } from "../../domain/openings/exclusion.ts";
import { NO_VALUE, Unreadable, type ValueKind } from "./value.ts";

const WORDS = "write planned (closure), pause (by the merchant), platform (incident) or other";

/** Why time is taken out of the count, in any letter case. */
export const EXCLUSION_KIND: ValueKind<ExclusionKind> = {
  read(text) {
    const kind = EXCLUSION_KINDS.find((each) => each === text.toLowerCase());
    if (kind !== undefined) return kind;
    if (text === "") return new Unreadable("exclusion_kind_empty", `is empty: ${WORDS}`);
    if (NO_VALUE.test(text)) return new Unreadable("exclusion_kind_missing", `says that there is no value: ${WORDS}`);
    return new Unreadable("exclusion_kind_unknown", `is not a kind of exclusion: ${WORDS}`);
  },
};
