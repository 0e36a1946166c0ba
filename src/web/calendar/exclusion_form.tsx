import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { StoredExclusion } from "../../db/calendars/exclusions.ts";
import { EXCLUSION_KINDS, type ExclusionKind } from "../../domain/openings/exclusion.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import type { Micros } from "../../domain/time/interval.ts";
import { counted } from "../kit/numbers.ts";
import { KIND_WORDS } from "./calendar_words.ts";
import { describedBy, Fault, Field, FormTrouble } from "./field.tsx";
import type { FormState } from "./form_state.ts";

interface ExclusionFormProps {
  readonly action: string;
  /** The form's id on the page. */
  readonly id: string;
  readonly state: FormState | undefined;
  /** The exclusion to change; undefined if it is a new one. */
  readonly before?: StoredExclusion | undefined;
  readonly submit: string;
  /** Chooses the stores, above the other fields. Without it, the form is about one store. */
  readonly children?: Child;
}

/** Adds or changes an exclusion. */
export function ExclusionForm({ action, id, state, before, submit, children }: ExclusionFormProps): JSX.Element {
  const place = before?.isLocal === false
    ? "UTC"
    : children === undefined && before === undefined
    ? "local time"
    : "each store's local time";
  const ends = before && { from: inputTime(before.from), to: inputTime(before.to) };
  return (
    <form class="fields" id={id} method="post" action={action}>
      <FormTrouble state={state} />
      {children}
      <div class="row">
        <Field
          form={id}
          name="from"
          type="datetime-local"
          label={
            <>
              From <small>({place})</small>
            </>
          }
          value={ends?.from}
          state={state}
          required
        />
        <Field
          form={id}
          name="to"
          type="datetime-local"
          label={
            <>
              To <small>({place})</small>
            </>
          }
          value={ends?.to}
          state={state}
          required
        />
        <KindField id={id} chosen={before?.kind} state={state} />
      </div>
      <div class="row">
        <Field form={id} name="reason" label="Reason" value={before?.reason} state={state} required maxlength={500} />
        <p>
          <button type="submit" class="main">{submit}</button>
        </p>
      </div>
      {before !== undefined && <HoldsFor exclusion={before} />}
    </form>
  );
}

interface KindFieldProps {
  readonly id: string;
  readonly chosen: ExclusionKind | undefined;
  readonly state: FormState | undefined;
}

function KindField({ id, chosen, state }: KindFieldProps): JSX.Element {
  const field = `${id}-kind`;
  const value = state?.values.kind ?? chosen;
  return (
    <p class="field">
      <label for={field}>Kind</label>
      <select id={field} name="kind" {...describedBy(field, state?.faults.kind)}>
        {EXCLUSION_KINDS.map((kind) => <option value={kind} selected={kind === value}>{KIND_WORDS[kind]}</option>)}
      </select>
      <Fault id={field} fault={state?.faults.kind} />
    </p>
  );
}

/** A change concerns all stores of an exclusion. */
function HoldsFor({ exclusion: { isForAll, storesTotal } }: { exclusion: StoredExclusion }): JSX.Element | null {
  if (!isForAll && storesTotal <= 1) return null;
  return (
    <p class="note">
      This exclusion holds for{" "}
      {isForAll ? "all stores" : counted(storesTotal, "store")}. A change holds for each of them.
    </p>
  );
}

/** What a field for local date and time takes. Browsers know milliseconds at most. */
export function inputTime(at: Micros): string {
  return formatInstant(at).replace(/Z$/, "").replace(/(\.\d{3})\d+$/, "$1");
}
