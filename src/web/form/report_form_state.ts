import type { TagValues } from "../../db/tags/tags.ts";
import { parseTagFilter, type TagFilter } from "../../domain/tags/tag_filter.ts";
import type { FormState } from "../calendar/form_state.ts";
import type { Faults, FormValues } from "./read_form.ts";

/** What the form offers to choose from. */
export interface Offers {
  readonly tags: TagValues;
  /** The zones of all stores. */
  readonly zones: readonly (string | undefined)[];
}

/** The form for a report as it was sent, and why it could not be used. */
export interface ReportFormState extends FormState {
  readonly where: TagFilter | undefined;
  readonly groupBy: readonly string[];
}

export function stateOf({ texts, where, groupBy }: FormValues, faults: Faults): ReportFormState {
  const filter = where.length === 0 ? undefined : parseTagFilter(where);
  return { form: "report", values: texts, faults, where: typeof filter === "string" ? undefined : filter, groupBy };
}
