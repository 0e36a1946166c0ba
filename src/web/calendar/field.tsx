import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { FormState } from "./form_state.ts";

interface FieldProps {
  /** The form's id, so that ids of fields differ between the forms of a page. */
  readonly form: string;
  readonly name: string;
  readonly label: Child;
  readonly state: FormState | undefined;
  readonly type?: "date" | "time" | "datetime-local" | "text";
  /** What stands in the field if nothing was typed. */
  readonly value?: string | undefined;
  readonly required?: boolean;
  readonly maxlength?: number;
  readonly placeholder?: string;
  readonly inputmode?: "decimal";
  readonly spellcheck?: boolean;
  /** The id of a list of proposals. */
  readonly list?: string;
}

/** A field with its label and, below it, what is wrong with what was typed. */
export function Field({ form, name, label, state, type = "text", value, ...others }: FieldProps): JSX.Element {
  const id = `${form}-${name}`;
  const fault = state?.faults[name];
  return (
    <p class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        type={type}
        step={type === "datetime-local" ? 1 : undefined}
        value={state?.values[name] ?? value}
        autocomplete="off"
        {...describedBy(id, fault)}
        {...others}
      />
      <Fault id={id} fault={fault} />
    </p>
  );
}

/** Connects a field with its fault. */
export function describedBy(id: string, fault: string | undefined): Record<string, string> {
  return fault === undefined ? {} : { "aria-invalid": "true", "aria-describedby": `${id}-fault` };
}

export function Fault({ id, fault }: { id: string; fault: string | undefined }): JSX.Element | null {
  return fault === undefined ? null : <span class="fault" id={`${id}-fault`}>{fault}</span>;
}

/** Says above a form that it was not saved. It has the focus, so that the browser shows it: the form may stand far below. */
export function FormTrouble({ state }: { state: FormState | undefined }): JSX.Element | null {
  if (state === undefined) return null;
  return (
    <p class="trouble" role="alert" tabindex={-1} autofocus>
      <b>{state.form === "report" ? "No report was made." : "Nothing was changed."}</b>{" "}
      {state.faults[""] ?? "Correct the marked fields and send the form again."}
    </p>
  );
}
