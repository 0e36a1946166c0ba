import type { JSX } from "hono/jsx/jsx-runtime";
import { previousOf } from "../../domain/time/previous_window.ts";
import { windowUnit, wordsBefore } from "../../domain/time/window_words.ts";
import { keyWords } from "../tags/asked_tags.ts";
import { groupAddress, type GroupQuery, type GroupSort } from "./group_query.ts";

/** The columns that only some reports have. */
export interface GroupColumns {
  readonly hasChange: boolean;
  readonly hasBudget: boolean;
  readonly hasSales: boolean;
}

interface GroupHeadProps {
  readonly path: string;
  readonly query: GroupQuery;
  readonly columns: GroupColumns;
  readonly keys: readonly string[];
}

export function GroupHead({ path, query, columns, keys }: GroupHeadProps): JSX.Element {
  const { window } = query;
  const head = (sort: GroupSort, label: string) => <Head path={path} query={query} sort={sort} label={label} />;
  return (
    <thead>
      <tr>
        {keys.map((key, index) => index === 0 ? head("group", labelOf(key)) : <th scope="col">{labelOf(key)}</th>)}
        {head("stores", "Stores")}
        {head("uptime", "Uptime")}
        <th scope="col" class="numeric">Between, %</th>
        {head("observed", "Observed")}
        {head("down", `Down, ${windowUnit(window).word}`)}
        {columns.hasChange && head("change", `Points since ${wordsBefore(previousOf(window))}`)}
        {columns.hasBudget && head("budget", "Budget left, hours")}
        {columns.hasSales && head("lost", "Lost sales")}
      </tr>
    </thead>
  );
}

/** `Price level` for `price_level` */
function labelOf(key: string): string {
  const words = keyWords(key);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

interface HeadProps {
  readonly path: string;
  readonly query: GroupQuery;
  readonly sort: GroupSort;
  readonly label: string;
}

/** What is bad comes first at the first click. */
const DESCENDING: ReadonlySet<GroupSort> = new Set(["stores", "down", "lost"]);

function Head({ path, query, sort, label }: HeadProps): JSX.Element {
  const isSorted = query.sort === sort;
  const descending = isSorted ? !query.descending : DESCENDING.has(sort);
  const state = isSorted ? (query.descending ? "descending" : "ascending") : undefined;
  return (
    <th scope="col" aria-sort={state} class={sort === "group" ? "key" : "numeric"}>
      <a href={groupAddress(path, query, { sort, descending })}>
        {label}
        <span class="arrow" aria-hidden="true">{isSorted ? (query.descending ? "↓" : "↑") : ""}</span>
      </a>
    </th>
  );
}
