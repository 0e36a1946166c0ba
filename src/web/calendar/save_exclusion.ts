import { changeExclusion } from "../../actions/calendar/change_exclusion.ts";
import type { ActionContext } from "../../actions/context.ts";
import { getExclusion } from "../../db/calendars/exclusions.ts";
import type { Micros } from "../../domain/time/interval.ts";
import { inputTime } from "./exclusion_form.tsx";

/**
 * Saves a form that changes an exclusion. An end that was left as the form showed it stays as it is, to the microsecond.
 *
 * @throws {Refusal} as `changeExclusion` does
 */
export async function saveExclusion(
  context: ActionContext,
  exclusionId: string,
  { from = "", to = "", kind, reason }: Readonly<Record<string, string>>,
): Promise<void> {
  const before = await getExclusion(context.sql, exclusionId);
  const zone = before?.isLocal === false ? "Z" : "";
  const changed = (text: string, old: Micros | undefined) =>
    old !== undefined && text === inputTime(old) ? undefined : `${text}${zone}`;
  await changeExclusion(context, exclusionId, {
    from: changed(from, before?.from),
    to: changed(to, before?.to),
    kind,
    reason,
  });
}
