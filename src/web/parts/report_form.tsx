import type { JSX } from "hono/jsx/jsx-runtime";
import { METHOD_NAMES } from "../../domain/method.ts";
import { PROPOSED_REQUEST } from "../../domain/report_request.ts";
import type { WindowName } from "../../domain/time/asked_window.ts";
import { CLASSIC_WINDOWS } from "../../domain/time/window_list.ts";
import { windowLabel, windowWords } from "../../domain/time/window_words.ts";
import { METHOD_WORDS } from "../kit/method_words.ts";

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

/** The form for a new report. Its fields stay as they are when the page around them changes. */
export function ReportForm(): JSX.Element {
  return (
    <section aria-labelledby="new" data-keep>
      <h2 id="new">New report</h2>
      <form class="fields" method="post" action="/new-report">
        <fieldset>
          <legend>How to judge the time between two checks (polls)</legend>
          {METHOD_NAMES.map((name) => (
            <label class="choice">
              <input type="radio" name="method" value={name} checked={name === PROPOSED_REQUEST.method} />
              <span>
                <b>{METHOD_WORDS[name].title}</b> <code>{name}</code>
                <small>{METHOD_WORDS[name].says}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <div class="row">
          <p class="field">
            <label for="as-of">
              As of <small>(UTC)</small>
            </label>
            <input id="as-of" name="as_of" type="datetime-local" step="1" aria-describedby="as-of-note" />
          </p>
          <p class="field">
            <label for="precision">Decimal places</label>
            <select id="precision" name="precision">
              {PRECISIONS.map((digits) => <option selected={digits === PROPOSED_REQUEST.precision}>{digits}</option>)}
            </select>
          </p>
          <p class="field">
            <label for="windows">Windows</label>
            <select id="windows" name="windows">
              {WINDOW_CHOICES.map((names) => <option value={names.join(",")}>{choiceWords(names)}</option>)}
            </select>
          </p>
          <p class="field">
            <label for="other-windows">Other windows</label>
            <input
              id="other-windows"
              name="other_windows"
              placeholder="last_30d, 2026-10"
              autocomplete="off"
              spellcheck={false}
              aria-describedby="windows-note"
            />
          </p>
          <p>
            <button type="submit" class="main">Make the report</button>
          </p>
        </div>
        <p id="as-of-note" class="note">Leave the time empty for the latest poll.</p>
        <p id="windows-note" class="note">
          Other windows count instead of the choice: <code>last_30d</code>, <code>2026-10-31</code>,{" "}
          <code>2026-W43</code>, <code>2026-10</code>,{" "}
          <code>2026-10-01/2026-10-15</code>. Days begin when a store's own clock shows 00:00.
        </p>
      </form>
    </section>
  );
}
