import type { JSX } from "hono/jsx/jsx-runtime";
import type { Measured } from "../../domain/measures/percentage.ts";
import { sureSentence } from "../kit/sure_words.ts";

/** What stands beside an uptime: its bounds, and how much was observed. */
export function Sureness({ measures }: { measures: Measured | undefined }): JSX.Element | null {
  const words = measures && sureSentence(measures);
  return words === undefined ? null : <small class="sure">{words}</small>;
}

/** The way to the page that explains bounds and coverage. */
export function HowSure(): JSX.Element {
  return <a href="/how-sure">How sure is this?</a>;
}
