import type { JSX } from "hono/jsx/jsx-runtime";
import type { TagValue, TagValues } from "../../db/tags/tags.ts";
import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import { count } from "../kit/numbers.ts";
import { type AskedTags, keyWords } from "./asked_tags.ts";

interface TagChoicesProps {
  readonly choices: TagValues;
  readonly filter: TagFilter | undefined;
}

/** For each tag a list of values to tick. Belongs into a form; nothing if no store has a tag. */
export function TagChoices({ choices, filter = {} }: TagChoicesProps): JSX.Element {
  const chosen = new Map(Object.entries(filter));
  const keys = [...new Set([...choices.keys(), ...chosen.keys()])].sort();
  return (
    <>
      {keys.map((key) => (
        <TagChoice
          name={key}
          values={withChosen(choices.get(key) ?? [], chosen.get(key))}
          chosen={chosen.get(key) ?? []}
        />
      ))}
    </>
  );
}

/** The address may name values that no store has, or of a tag with too many of them. They can be unticked, too. */
function withChosen(values: readonly TagValue[], chosen: readonly string[] = []): TagValue[] {
  const known = new Set(values.map(({ value }) => value));
  return [...values, ...chosen.filter((value) => !known.has(value)).map((value) => ({ value, stores: 0 }))];
}

interface TagChoiceProps {
  readonly name: string;
  readonly values: readonly TagValue[];
  readonly chosen: readonly string[];
}

function TagChoice({ name, values, chosen }: TagChoiceProps): JSX.Element {
  return (
    <details class="tag" name="tags">
      <summary>
        <span class="key">{keyWords(name)}</span>{" "}
        <b data-tag={name}>
          {chosen.length === 0 ? "all" : chosen.length === 1 ? chosen[0] : `${chosen.length} chosen`}
        </b>
      </summary>
      <fieldset>
        <legend class="unseen">{keyWords(name)}</legend>
        {values.map(({ value, stores }) => (
          <label>
            <input type="checkbox" name="where" value={`${name}:${value}`} checked={chosen.includes(value)} />
            <span>
              {value} {stores > 0 && <small>{count(stores)}</small>}
            </span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}

interface TagFormProps {
  /** The page, and what of its address stays. */
  readonly action: string;
  readonly kept?: Readonly<Record<string, string | undefined>>;
  readonly choices: TagValues;
  readonly asked: AskedTags;
}

/** Filters a page by tags. Nothing if no store has a tag. */
export function TagForm({ action, kept = {}, choices, asked: { filter, fault } }: TagFormProps): JSX.Element | null {
  const given = Object.entries(kept).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const clear = given.length === 0 ? action : `${action}?${new URLSearchParams(given)}`;
  return (
    <>
      <TagFault fault={fault} />
      {(choices.size > 0 || filter !== undefined) && (
        <form class="tags row" action={action} role="search" aria-label="Stores by tag" autocomplete="off">
          {given.map(([name, value]) => <input type="hidden" name={name} value={value} />)}
          <TagChoices choices={choices} filter={filter} />
          <p>
            <button type="submit">Show these stores</button>
          </p>
          {filter !== undefined && (
            <p>
              <a href={clear}>Show all stores</a>
            </p>
          )}
        </form>
      )}
    </>
  );
}

/** Says that the filter of an address was left out. */
export function TagFault({ fault }: { fault: string | undefined }): JSX.Element | null {
  return fault === undefined ? null : (
    <p class="trouble" role="alert">
      <b>{fault}.</b> It was left out: the stores below are not filtered by it.
    </p>
  );
}
