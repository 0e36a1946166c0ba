import type { JSX } from "hono/jsx/jsx-runtime";
import { specialOn } from "../../domain/openings/special_hours.ts";
import type { StoredRules } from "../../domain/openings/opening_rules.ts";
import { formatDate } from "../../domain/time/instant.ts";
import type { CalendarNotes, SpecialDateNote } from "../../domain/openings/why_not.ts";
import { dateWords, openingWords } from "./calendar_words.ts";
import { Field, FormTrouble } from "./field.tsx";
import type { FormState } from "./form_state.ts";

interface SpecialDatesProps {
  readonly stored: StoredRules;
  readonly notes: CalendarNotes;
  /** Where the date of a form is removed. */
  readonly removeAt: string;
}

/** The dates with opening times of their own, the latest first. */
export function SpecialDates({ stored, notes, removeAt }: SpecialDatesProps): JSX.Element {
  const dates = [...notes.specialDates.values()].sort((a, b) => b.date - a.date);
  if (dates.length === 0) return <p class="quiet">No special dates.</p>;
  return (
    <div class="scroll" tabindex={0} role="region" aria-label="List of special dates">
      <table class="list">
        <thead>
          <tr>
            <th scope="col">Date</th>
            <th scope="col">Open</th>
            <th scope="col">Reason</th>
            <th scope="col">
              <span class="unseen">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {dates.map((note) => (
            <tr>
              <th scope="row">
                <time datetime={formatDate(note.date)}>{dateWords(note.date)}</time>
              </th>
              <td>{openingWords(specialOn(stored.special, note.date) ?? [])}</td>
              <td class="value">{note.reason ?? <span class="quiet">No reason given</span>}</td>
              <td class="actions">
                {note.isForAll ? <span class="quiet">rule for all stores</span> : <Remove note={note} at={removeAt} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Remove({ note: { date }, at }: { note: SpecialDateNote; at: string }): JSX.Element {
  return (
    <form method="post" action={at}>
      <input type="hidden" name="date" value={formatDate(date)} />
      <button type="submit">
        Remove<span class="unseen">the special date {dateWords(date)}</span>
      </button>
    </form>
  );
}

/** So many openings a date can have in the form; files and programs may give more. */
export const OPENINGS_IN_FORM = 2;

/** Gives a date opening times of its own. */
export function SpecialDateForm({ action, state }: { action: string; state: FormState | undefined }): JSX.Element {
  const id = "special";
  return (
    <form class="fields" id={id} method="post" action={action}>
      <FormTrouble state={state} />
      <div class="row">
        <Field form={id} name="date" type="date" label="Date" state={state} required />
        {Array.from({ length: OPENINGS_IN_FORM }, (_, place) => (
          <>
            <Field
              form={id}
              name={`start${place}`}
              type="time"
              label={place === 0 ? "Opens" : "Opens again"}
              state={state}
            />
            <Field
              form={id}
              name={`end${place}`}
              type="time"
              label={place === 0 ? "Closes" : "Closes again"}
              state={state}
            />
          </>
        ))}
      </div>
      <div class="row">
        <Field form={id} name="reason" label="Reason" state={state} maxlength={500} />
        <p>
          <button type="submit" class="main">Save the special date</button>
        </p>
      </div>
      <p class="note">
        Leave the times empty if the store is closed all day. A closing time at or before the opening time is on the
        next day. Saving replaces what this date had before.
      </p>
    </form>
  );
}
