import type { JSX } from "hono/jsx/jsx-runtime";
import type { TagValues } from "../../db/tags/tags.ts";
import { DEFAULT_TIMEZONE } from "../../domain/time/timezone.ts";
import { keyWords } from "../tags/asked_tags.ts";
import { TagChoices } from "../tags/tag_choices.tsx";
import type { RowQuery } from "./row_query.ts";

interface RowFiltersProps {
  readonly action: string;
  readonly query: RowQuery;
  /** Undefined is the default zone. */
  readonly zones: readonly (string | undefined)[];
  readonly tags: TagValues;
}

/** The filters of the rows. */
export function RowFilters({ action, query, zones, tags }: RowFiltersProps): JSX.Element {
  const { q, zone, openNow, silent, sort, descending } = query;
  const names = [...new Set(zones.map((name) => name ?? DEFAULT_TIMEZONE))].sort();
  return (
    <form class="filters row" action={action} data-filters role="search" aria-label="Rows" autocomplete="off">
      <p class="field">
        <label for="q">Store name, id or tag</label>
        <input id="q" name="q" type="search" value={q} autocomplete="off" spellcheck={false} />
      </p>
      <p class="field">
        <label for="zone">Time zone</label>
        <select id="zone" name="zone">
          <option value="">All time zones</option>
          {names.map((name) => <option value={name} selected={name === zone}>{name}</option>)}
        </select>
      </p>
      <TagChoices choices={tags} filter={query.tags.filter} />
      <PercentField name="min" label="Uptime at least" placeholder="0 %" value={query.min} />
      <PercentField name="max" label="Uptime below" placeholder="no limit" value={query.max} />
      <PercentField name="observed_min" label="Observed at least" placeholder="0 %" value={query.observedMin} />
      <PercentField name="observed_max" label="Observed below" placeholder="no limit" value={query.observedMax} />
      <p class="check">
        <label>
          <input type="checkbox" name="open" value="1" checked={openNow} /> Open when the data ended
        </label>
      </p>
      <p class="check">
        <label>
          <input type="checkbox" name="silent" value="1" checked={silent} /> Without data
        </label>
      </p>
      {query.without.map((key) => <Without name={key} />)}
      <input type="hidden" name="sort" value={sort} />
      <input type="hidden" name="dir" value={descending ? "desc" : "asc"} />
      <p>
        <button type="submit">Show</button>
      </p>
      <p>
        <a href={action} data-clear>Clear</a>
      </p>
    </form>
  );
}

/** Of a group whose stores lack a tag. */
function Without({ name }: { name: string }): JSX.Element {
  return (
    <p class="check">
      <label>
        <input type="checkbox" name="without" value={name} checked /> Without {keyWords(name)}
      </label>
    </p>
  );
}

interface PercentFieldProps {
  readonly name: string;
  readonly label: string;
  readonly placeholder: string;
  readonly value: number | undefined;
}

function PercentField({ name, label, placeholder, value }: PercentFieldProps): JSX.Element {
  return (
    <p class="field">
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        type="number"
        min="0"
        max="100"
        step="any"
        placeholder={placeholder}
        value={value}
      />
    </p>
  );
}
