import { type SingleExclusion, withdraw } from "../../db/calendars/exclusions.ts";
import { audited, type Check } from "../audited.ts";
import type { ActionContext } from "../context.ts";
import { lockInForce, storesToAudit } from "./exclusion_in_force.ts";
import { shownExclusion } from "./exclusion_values.ts";

/**
 * Takes an exclusion out of force: its time counts again. Its row stays.
 *
 * @throws {Refusal} `unknown-exclusion` or `exclusion-withdrawn`
 */
export async function withdrawExclusion(
  context: ActionContext,
  exclusionId: string,
  check?: Check<SingleExclusion>,
): Promise<void> {
  await audited(context, async (tx) => {
    const before = await lockInForce(tx, exclusionId, check);
    const stores = await storesToAudit(tx, before);
    await withdraw(tx, exclusionId, context.actor);
    const entry = {
      action: "exclusion.withdraw",
      subject: exclusionId,
      stores,
      before: { ...shownExclusion(before), withdrawn: false },
      after: { withdrawn: true },
    } as const;
    return { result: undefined, entry };
  });
}
