import type { JSX } from "hono/jsx/jsx-runtime";
import type { StoredExclusion } from "../../db/calendars/exclusions.ts";
import type { StoreTimeline } from "../../report/store_timeline.ts";
import { counted } from "../kit/numbers.ts";
import { FormTrouble } from "./field.tsx";
import { ExclusionForm } from "./exclusion_form.tsx";
import type { CalendarAddresses } from "./calendar_addresses.ts";
import { ExclusionTable } from "./exclusion_table.tsx";
import type { FormState } from "./form_state.ts";
import { SpecialDateForm, SpecialDates } from "./special_dates.tsx";

interface StoreCalendarProps {
  readonly timeline: StoreTimeline;
  /** Exclusions of the store and those for all stores, the latest first. */
  readonly inForce: readonly StoredExclusion[];
  readonly withdrawn: readonly StoredExclusion[];
  /** The id of the exclusion that somebody wants to change. */
  readonly changing: string | undefined;
  readonly addresses: CalendarAddresses;
  /** The form that could not be used. */
  readonly state: FormState | undefined;
}

/** Special dates and exclusions of a store, and forms to change them. */
export function StoreCalendar(props: StoreCalendarProps): JSX.Element {
  const { timeline: { stored, notes }, addresses, state } = props;
  const special = state?.form === "special" ? state : undefined;
  return (
    <>
      <section aria-labelledby="special-dates">
        <h2 id="special-dates">Special dates</h2>
        <SpecialDates stored={stored} notes={notes} removeAt={addresses.removeSpecial} />
        <details class="edit" open={special !== undefined}>
          <summary>Add a special date</summary>
          <SpecialDateForm action={addresses.special} state={special} />
        </details>
      </section>
      <Exclusions {...props} />
    </>
  );
}

function Exclusions(props: StoreCalendarProps): JSX.Element {
  const { timeline, inForce, withdrawn, changing, addresses, state } = props;
  const { timezone: zone } = timeline.openingRules;
  const before = inForce.find(({ exclusionId }) => exclusionId === changing);
  const added = state?.form === "exclude" ? state : undefined;
  return (
    <section aria-labelledby="exclusions">
      <h2 id="exclusions">Exclusions</h2>
      <p class="note">
        Time that somebody took out of the count, with a reason. It is neither uptime nor downtime.{" "}
        <a href="/exclusions">Exclusions of all stores</a>
      </p>
      {before === undefined && state?.form === "change" && <FormTrouble state={state} />}
      {inForce.length > 0
        ? <ExclusionTable exclusions={inForce} zone={zone} label="Exclusions in force" addresses={addresses} />
        : <p class="quiet">No exclusions.</p>}
      {before !== undefined && (
        <div class="edit">
          <h3 id="change">Change the exclusion{before.reason === "" ? "" : ` “${before.reason}”`}</h3>
          <ExclusionForm
            id="change-exclusion"
            action={addresses.save(before.exclusionId)}
            before={before}
            state={state?.form === "change" ? state : undefined}
            submit="Save the change"
          />
        </div>
      )}
      <details class="edit" id="add" open={added !== undefined}>
        <summary>Add an exclusion</summary>
        <ExclusionForm id="exclude" action={addresses.exclude} state={added} submit="Exclude this time" />
      </details>
      {withdrawn.length > 0 && (
        <details>
          <summary>{counted(withdrawn.length, "withdrawn exclusion")}</summary>
          <ExclusionTable exclusions={withdrawn} zone={zone} label="Withdrawn exclusions" addresses={addresses} />
        </details>
      )}
    </section>
  );
}
