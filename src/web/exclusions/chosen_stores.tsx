import type { JSX } from "hono/jsx/jsx-runtime";
import type { TagValues } from "../../db/tags/tags.ts";
import { type AskedTags } from "../tags/asked_tags.ts";
import { describedBy, Fault } from "../calendar/field.tsx";
import type { FormState } from "../calendar/form_state.ts";
import { TagChoices } from "../tags/tag_choices.tsx";

/** For which stores an exclusion is made. */
export const SCOPES = ["tags", "ids", "all"] as const;
export type Scope = (typeof SCOPES)[number];

interface ChosenStoresProps {
  readonly choices: TagValues;
  readonly tags: AskedTags;
  readonly state: FormState | undefined;
}

/** Chooses stores by their tags, by their ids, or all of them. */
export function ChosenStores({ choices, tags, state }: ChosenStoresProps): JSX.Element {
  const hasTags = choices.size > 0;
  const chosen = SCOPES.find((scope) => scope === state?.values.scope) ?? (hasTags ? "tags" : "ids");
  const choice = (scope: Scope) => <input type="radio" name="scope" value={scope} checked={scope === chosen} />;
  return (
    <fieldset class="scopes">
      <legend>Stores</legend>
      {hasTags && (
        <div class="choice">
          <label>
            {choice("tags")} <b>With these tags now</b>
          </label>
          <div class="row">
            <TagChoices choices={choices} filter={tags.filter} />
          </div>
          <Fault id="new-where" fault={tags.fault ?? state?.faults.where} />
        </div>
      )}
      <div class="choice">
        <label>
          {choice("ids")} <b>With these ids</b>
        </label>
        <textarea
          name="ids"
          rows={2}
          aria-label="Store ids, separated by spaces or lines"
          placeholder="Separated by spaces or lines"
          {...describedBy("new-stores", state?.faults.stores)}
        >
          {state?.values.ids}
        </textarea>
        <Fault id="new-stores" fault={state?.faults.stores} />
      </div>
      <label class="choice">
        {choice("all")}
        <span>
          <b>All stores</b> <small>also those that come later</small>
        </span>
      </label>
    </fieldset>
  );
}
