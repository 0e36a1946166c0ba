import { NO_VALUE, Unreadable, type ValueKind } from "./value.ts";

export const EXCLUSION_KINDS = ["planned", "pause", "platform", "other"] as const;
export type ExclusionKind = (typeof EXCLUSION_KINDS)[number];

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
