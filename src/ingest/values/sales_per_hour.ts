import { type FaultForm, findFault, NO_VALUE, Unreadable, type ValueKind } from "./value.ts";

const LIKE_THIS = "write it as 1250 or 1250.50";

const FORMS: readonly FaultForm[] = [
  { form: NO_VALUE, code: "sales_missing", reason: "says that there is no value: leave the field empty" },
  { form: /^-/, code: "sales_negative", reason: "is less than 0: correct it, or leave the field empty" },
  {
    form: /^[\d.,' ]*\d[.,' ]\d[\d.,' ]*$/,
    code: "sales_separators",
    reason: `has signs in it that may part thousands or decimals: ${LIKE_THIS}`,
  },
  { form: /[\p{Sc}\p{L}%]/u, code: "sales_with_unit", reason: `has a unit: ${LIKE_THIS}, without a currency` },
];

const UNKNOWN = new Unreadable("sales_unknown", `is not a number: ${LIKE_THIS}`);

/** At most as many digits as a sum of many stores can keep exact. */
const NUMBER = /^\d{1,12}(?:\.\d{1,6})?$/;

/** A number of at least 0, as decimal digits. */
export const SALES_PER_HOUR: ValueKind<string> = {
  read: (text) => NUMBER.test(text) ? text : findFault(text, FORMS, UNKNOWN),
};
