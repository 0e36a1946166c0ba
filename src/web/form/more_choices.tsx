import type { JSX } from "hono/jsx/jsx-runtime";
import { describedBy, Fault, Field } from "../calendar/field.tsx";
import { keyWords } from "../tags/asked_tags.ts";
import { TagChoices } from "../tags/tag_choices.tsx";
import type { Offers, ReportFormState } from "./report_form_state.ts";

interface MoreChoicesProps {
  readonly offers: Offers;
  readonly state: ReportFormState | undefined;
}

/** What few reports need, folded. It is open if the form comes back, so that nothing that was typed is out of sight. */
export function MoreChoices({ offers, state }: MoreChoicesProps): JSX.Element {
  return (
    <details class="more" open={state !== undefined}>
      <summary>More: other windows, stores, groups, comparison, target</summary>
      <OtherWindows offers={offers} state={state} />
      <Stores offers={offers} state={state} />
      <Groups offers={offers} state={state} />
      <div class="row">
        <p class="check">
          <label>
            <input type="checkbox" name="compare" value="previous" checked={state?.values.compare === "previous"} />
            Compare each window with the one before it
          </label>
          <Fault id="report-compare" fault={state?.faults.compare} />
        </p>
        <Field
          form="report"
          name="target_percent"
          label={
            <>
              Target <small>(uptime in %)</small>
            </>
          }
          state={state}
          placeholder="99.5"
          inputmode="decimal"
        />
      </div>
      <p class="note">
        The target gives each store a budget: how much more downtime it may have. A store's own target wins.
      </p>
    </details>
  );
}

function OtherWindows({ offers, state }: MoreChoicesProps): JSX.Element {
  const zones = [...new Set(offers.zones.filter((zone) => zone !== undefined))].sort();
  return (
    <>
      <div class="row">
        <Field
          form="report"
          name="other_windows"
          label="Other windows"
          state={state}
          placeholder="last_30d, 2026-10"
          spellcheck={false}
        />
        <Field
          form="report"
          name="calendar"
          label="Days begin in"
          state={state}
          placeholder="each store's zone"
          list="report-zones"
          spellcheck={false}
        />
        <datalist id="report-zones">{zones.map((zone) => <option value={zone}></option>)}</datalist>
      </div>
      <p class="note">
        Other windows replace the choice above. Examples: <code>last_30d</code>, <code>2026-10-31</code>,{" "}
        <code>2026-W43</code>, <code>2026-10</code>,{" "}
        <code>2026-10-01/2026-10-15</code>. Days begin at 00:00 on each store's own clock, or on that of one time zone.
      </p>
    </>
  );
}

function Stores({ offers, state }: MoreChoicesProps): JSX.Element | null {
  if (offers.tags.size === 0 && state?.where === undefined) return null;
  return (
    <div
      class="choices"
      role="group"
      aria-labelledby="report-stores"
      {...describedBy("report-where", state?.faults.where)}
    >
      <p class="label" id="report-stores">Stores</p>
      <div class="row">
        <TagChoices choices={offers.tags} filter={state?.where} />
      </div>
      <Fault id="report-where" fault={state?.faults.where} />
    </div>
  );
}

function Groups({ offers, state }: MoreChoicesProps): JSX.Element | null {
  const chosen = state?.groupBy ?? [];
  const keys = [...new Set([...offers.tags.keys(), ...chosen])].sort();
  if (keys.length === 0) return null;
  return (
    <fieldset class="checks" {...describedBy("report-group_by", state?.faults.group_by)}>
      <legend>Totals by group</legend>
      {keys.map((key) => (
        <label>
          <input type="checkbox" name="group_by" value={key} checked={chosen.includes(key)} />{" "}
          <span>{keyWords(key)}</span>
        </label>
      ))}
      <Fault id="report-group_by" fault={state?.faults.group_by} />
    </fieldset>
  );
}
