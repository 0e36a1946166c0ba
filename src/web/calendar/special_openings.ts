import type { StagedTimes } from "../../db/stores/stage_special_hours.ts";
import { OPENINGS_IN_FORM } from "./special_dates.tsx";

/** An opening of the form. */
interface FormOpening {
  readonly times: StagedTimes;
  /** The fields of the form, by the names that the action has for them. */
  readonly fields: Readonly<Record<string, string>>;
}

/** The openings of a form for a special date. Two empty fields give no opening. */
export function specialOpenings(values: Readonly<Record<string, string>>): FormOpening[] {
  const places = Array.from({ length: OPENINGS_IN_FORM }, (_, place) => place);
  const filled = places.filter((place) => values[`start${place}`] || values[`end${place}`]);
  return filled.map((place, index) => ({
    times: { start: values[`start${place}`] ?? "", end: values[`end${place}`] ?? "" },
    fields: {
      [`openings.${index}.start_time_local`]: `start${place}`,
      [`openings.${index}.end_time_local`]: `end${place}`,
    },
  }));
}
