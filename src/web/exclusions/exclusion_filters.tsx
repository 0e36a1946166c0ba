import type { JSX } from "hono/jsx/jsx-runtime";
import type { TagValues } from "../../db/tags/tags.ts";
import { EXCLUSION_KINDS } from "../../domain/openings/exclusion.ts";
import { KIND_WORDS } from "../calendar/calendar_words.ts";
import { TagChoices, TagFault } from "../tags/tag_choices.tsx";
import { type AskedExclusions, WITHDRAWN, type Withdrawn } from "./asked_exclusions.ts";

const WITHDRAWN_WORDS: Readonly<Record<Withdrawn, string>> = {
  no: "In force",
  yes: "Withdrawn",
  both: "Both",
};

/** Filters the list of exclusions. */
export function ExclusionFilters({ asked, choices }: { asked: AskedExclusions; choices: TagValues }): JSX.Element {
  return (
    <>
      <TagFault fault={asked.tags.fault} />
      <form class="tags row" action="/exclusions" role="search" aria-label="Exclusions" autocomplete="off">
        <p class="field">
          <label for="kind">Kind</label>
          <select id="kind" name="kind">
            <option value="">All kinds</option>
            {EXCLUSION_KINDS.map((kind) => (
              <option value={kind} selected={kind === asked.kind}>{KIND_WORDS[kind]}</option>
            ))}
          </select>
        </p>
        <p class="field">
          <label for="withdrawn">Withdrawn or not</label>
          <select id="withdrawn" name="withdrawn">
            {WITHDRAWN.map((choice) => (
              <option value={choice} selected={choice === asked.withdrawn}>{WITHDRAWN_WORDS[choice]}</option>
            ))}
          </select>
        </p>
        <TagChoices choices={choices} filter={asked.tags.filter} />
        <p>
          <button type="submit">Show</button>
        </p>
      </form>
    </>
  );
}
