import type { JSX } from "hono/jsx/jsx-runtime";
import { DEFAULT_TIMEZONE } from "../../domain/time/timezone.ts";
import type { RowQuery } from "./row_query.ts";

interface RowFiltersProps {
  readonly action: string;
  readonly query: RowQuery;
  readonly zones: readonly (string | undefined)[];
}

/** The filters of the rows. */
export function RowFilters({ action, query, zones }: RowFiltersProps): JSX.Element {
  const { q, zone, min, max, openNow, sort, descending } = query;
  const names = [...new Set(zones.map((name) => name ?? DEFAULT_TIMEZONE))].sort();
  return (
    <form class="filters row" action={action} data-filters role="search" aria-label="Rows" autocomplete="off">
      <p class="field">
        <label for="q">Store id</label>
        <input id="q" name="q" type="search" value={q} autocomplete="off" spellcheck={false} />
      </p>
      <p class="field">
        <label for="zone">Time zone</label>
        <select id="zone" name="zone">
          <option value="">All time zones</option>
          {names.map((name) => <option value={name} selected={name === zone}>{name}</option>)}
        </select>
      </p>
      <p class="field">
        <label for="min">Uptime at least</label>
        <input id="min" name="min" type="number" min="0" max="100" step="any" placeholder="0 %" value={min} />
      </p>
      <p class="field">
        <label for="max">Uptime below</label>
        <input id="max" name="max" type="number" min="0" max="100" step="any" placeholder="no limit" value={max} />
      </p>
      <p class="check">
        <label>
          <input type="checkbox" name="open" value="1" checked={openNow} /> Open when the data ended
        </label>
      </p>
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
