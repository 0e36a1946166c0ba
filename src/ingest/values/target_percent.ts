import { parseTarget } from "../../domain/targets/target.ts";
import { type FaultForm, findFault, NO_VALUE, Unreadable, type ValueKind } from "./value.ts";

const LIKE_THIS = "write it as 99.5";

const FORMS: readonly FaultForm[] = [
  { form: NO_VALUE, code: "target_missing", reason: "says that there is no value: leave the field empty" },
  { form: /%$/, code: "target_with_sign", reason: `has a percent sign: ${LIKE_THIS}, without the sign` },
  { form: /^\d+,\d+$/, code: "target_comma", reason: `has a comma: ${LIKE_THIS}, with a point` },
  { form: /^\d+\.\d{5,}$/, code: "target_digits", reason: "has more than four digits after the point" },
  { form: /^-?\d+(?:\.\d+)?$/, code: "target_out_of_range", reason: "is not from 0 to 100" },
];

const UNKNOWN = new Unreadable("target_unknown", `is not a percentage: ${LIKE_THIS}`);

/** A percentage from 0 to 100 with at most four decimals, as decimal digits. */
export const TARGET_PERCENT: ValueKind<string> = {
  read: (text) => parseTarget(text) === undefined ? findFault(text, FORMS, UNKNOWN) : text,
};
