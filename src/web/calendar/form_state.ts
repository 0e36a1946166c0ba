import { Refusal } from "../../actions/refusal.ts";

/** A form that was sent and could not be used: what was typed, and what is wrong. */
export interface FormState {
  /** The form of the page. */
  readonly form: "exclude" | "change" | "special" | "report";
  /** What the form is about, if there are several of its kind. */
  readonly subject?: string | undefined;
  readonly values: Readonly<Record<string, string>>;
  /** By field; the fault of the whole form under `""`. */
  readonly faults: Readonly<Record<string, string>>;
}

/** The texts of a form; of several with one name the last. */
export function textsOf(body: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts = Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(texts);
}

/**
 * The faults of a form, by its fields.
 *
 * @param fieldOf which field of the form holds a field of the action
 * @throws what was thrown, unless it is a refusal
 */
export function faultsOf(error: unknown, fieldOf = (field: string): string => field): Record<string, string> {
  if (!(error instanceof Refusal)) throw error;
  if (error.values.length === 0) return { "": `${error.message}.` };
  return Object.fromEntries(
    error.values.map(({ field, value, reason }) => [fieldOf(field), `${shown(value)} ${reason}.`]),
  );
}

function shown(value: unknown): string {
  if (typeof value !== "string") return "This";
  if (value.trim() === "") return "What is given";
  return value.length > MOST_SHOWN ? `“${value.slice(0, MOST_SHOWN)}…”` : `“${value}”`;
}

const MOST_SHOWN = 60;
