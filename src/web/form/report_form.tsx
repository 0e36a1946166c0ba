import type { JSX } from "hono/jsx/jsx-runtime";
import { METHOD_NAMES } from "../../domain/method.ts";
import { PROPOSED_REQUEST } from "../../domain/report_request.ts";
import type { WindowName } from "../../domain/time/asked_window.ts";
import { CLASSIC_WINDOWS } from "../../domain/time/window_list.ts";
import { windowLabel, windowWords } from "../../domain/time/window_words.ts";
import { describedBy, Fault, Field, FormTrouble } from "../calendar/field.tsx";
import { METHOD_WORDS } from "../kit/method_words.ts";
import { MoreChoices } from "./more_choices.tsx";
import type { Offers, ReportFormState } from "./report_form_state.ts";

const PRECISIONS = [0, 1, 2, 3, 4, 5, 6];

/** Windows that people ask for often. The first ones are proposed. */
const WINDOW_CHOICES: readonly (readonly WindowName[])[] = [
  CLASSIC_WINDOWS,
  ["yesterday"],
  ["previous_week"],
  ["previous_month"],
];

/** `Last hour, last day, last week` */
function choiceWords([first = "", ...others]: readonly WindowName[]): string {
  return [windowLabel(first), ...others.map(windowWords)].join(", ");
}

interface ReportFormProps {
  readonly offers: Offers;
  /** The form as it was sent, if it could not be used. */
  readonly state?: ReportFormState | undefined;
}

/** The form for a new report. Its fields stay as they are when the page around them changes. */
export function ReportForm({ offers, state }: ReportFormProps): JSX.Element {
  return (
    <section aria-labelledby="new" data-keep>
      <h2 id="new">New report</h2>
      <form class="fields report" method="post" action="/new-report">
        <FormTrouble state={state} />
        <Methods state={state} />
        <div class="row">
          <Field
            form="report"
            name="as_of"
            type="datetime-local"
            label={
              <>
                As of <small>(UTC)</small>
              </>
            }
            state={state}
          />
          <Precision state={state} />
          <Windows state={state} />
        </div>
        <MoreChoices offers={offers} state={state} />
        <p>
          <button type="submit" class="main">Make the report</button>
        </p>
        <p class="note">Leave the time empty for the latest poll.</p>
      </form>
    </section>
  );
}

interface StateProps {
  readonly state: ReportFormState | undefined;
}

function Methods({ state }: StateProps): JSX.Element {
  const chosen = state?.values.method ?? PROPOSED_REQUEST.method;
  return (
    <fieldset {...describedBy("report-method", state?.faults.method)}>
      <legend>How to judge the time between two checks (polls)</legend>
      {METHOD_NAMES.map((name) => (
        <label class="choice">
          <input type="radio" name="method" value={name} checked={name === chosen} />
          <span>
            <b>{METHOD_WORDS[name].title}</b> <code>{name}</code>
            <small>{METHOD_WORDS[name].says}</small>
          </span>
        </label>
      ))}
      <Fault id="report-method" fault={state?.faults.method} />
    </fieldset>
  );
}

function Precision({ state }: StateProps): JSX.Element {
  const chosen = state?.values.precision ?? String(PROPOSED_REQUEST.precision);
  return (
    <p class="field">
      <label for="precision">Decimal places</label>
      <select id="precision" name="precision" {...describedBy("precision", state?.faults.precision)}>
        {PRECISIONS.map((digits) => <option selected={String(digits) === chosen}>{digits}</option>)}
      </select>
      <Fault id="precision" fault={state?.faults.precision} />
    </p>
  );
}

function Windows({ state }: StateProps): JSX.Element {
  return (
    <p class="field">
      <label for="windows">Windows</label>
      <select id="windows" name="windows" {...describedBy("windows", state?.faults.windows)}>
        {WINDOW_CHOICES.map((names) => (
          <option value={names.join(",")} selected={names.join(",") === state?.values.windows}>
            {choiceWords(names)}
          </option>
        ))}
      </select>
      <Fault id="windows" fault={state?.faults.windows} />
    </p>
  );
}
