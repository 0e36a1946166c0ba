import type { JSX } from "hono/jsx/jsx-runtime";
import { uptimeRatio } from "../../domain/measures/percentage.ts";
import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import { totalOf, type Trend, type TrendGroup } from "../../trends/trend.ts";
import { count, counted } from "../kit/numbers.ts";
import { ShareBar } from "../parts/share_bar.tsx";
import { capital, keyWords } from "../tags/asked_tags.ts";
import { type AskedTrend, trendAddress } from "./asked_trend.ts";
import { Points } from "./trend_figures.tsx";
import { hourWords, observedWords, uptimeWords, whyNotCompared } from "./trend_words.ts";

/** Of more groups, the worst and the best ones are listed. */
const MOST_LISTED = 60;

interface GroupTableProps {
  readonly trend: Trend;
  readonly asked: AskedTrend;
}

/** The groups of a trend, the worst first, with the total. */
export function GroupTable({ trend, asked }: GroupTableProps): JSX.Element {
  const groups = trend.groups.toSorted((a, b) => ratio(a) - ratio(b));
  const [worst, best] = groups.length > MOST_LISTED
    ? [groups.slice(0, MOST_LISTED / 2), groups.slice(-MOST_LISTED / 2)]
    : [groups, []];
  const hidden = groups.length - worst.length - best.length;
  const whole = totalOf(trend.groups);
  const isCompared = whyNotCompared(whole.total, whole.before, trend.datesBefore) === undefined;
  const row = (group: TrendGroup) => (
    <GroupRow group={group} asked={asked} isCompared={isCompared} rank={rankOf(group, groups)} />
  );
  return (
    <div class="scroll">
      <table class="list">
        <Head keys={asked.groupBy} isCompared={isCompared} />
        <tbody>
          {worst.map(row)}
          {hidden > 0 && (
            <tr>
              <td colspan={asked.groupBy.length + 6} class="quiet">{counted(hidden, "group")} in between</td>
            </tr>
          )}
          {best.map(row)}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colspan={asked.groupBy.length}>Total</th>
            <Numbers group={whole} isCompared={isCompared} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Head({ keys, isCompared }: { keys: readonly string[]; isCompared: boolean }): JSX.Element {
  return (
    <thead>
      <tr>
        {keys.map((key) => <th scope="col">{capital(keyWords(key))}</th>)}
        <th scope="col" class="numeric">Stores</th>
        <th scope="col" class="wide"></th>
        <th scope="col" class="numeric">Uptime</th>
        {isCompared && <th scope="col" class="numeric">Change since the period before</th>}
        <th scope="col" class="numeric">Hours down</th>
        <th scope="col" class="numeric wide">Observed</th>
      </tr>
    </thead>
  );
}

/** Groups of which nothing was observed come last. */
function ratio({ total }: TrendGroup): number {
  return uptimeRatio(total) ?? 2;
}

/** The first and the last one of several that have an uptime. */
function rankOf(group: TrendGroup, sorted: readonly TrendGroup[]): "worst" | "best" | undefined {
  const known = sorted.filter(({ total }) => uptimeRatio(total) !== undefined);
  if (known.length < 2) return undefined;
  if (group === known[0]) return "worst";
  return group === known.at(-1) ? "best" : undefined;
}

interface GroupRowProps extends Pick<GroupTableProps, "asked"> {
  readonly group: TrendGroup;
  readonly isCompared: boolean;
  readonly rank: "worst" | "best" | undefined;
}

function GroupRow({ group, asked, isCompared, rank }: GroupRowProps): JSX.Element {
  const [first = null, ...others] = group.group;
  const filter = filterOf(group, asked);
  return (
    <tr>
      <th scope="row">
        {filter === undefined
          ? <Value value={first} name={asked.groupBy[0] ?? ""} />
          : <a href={trendAddress(asked, { filter, groupBy: [] })}>{first}</a>} {rank && <small>{rank}</small>}
      </th>
      {others.map((value, place) => (
        <td>
          <Value value={value} name={asked.groupBy[place + 1] ?? ""} />
        </td>
      ))}
      <Numbers group={group} isCompared={isCompared} />
    </tr>
  );
}

function Value({ value, name }: { value: string | null; name: string }): JSX.Element {
  return value === null ? <span class="quiet">no {keyWords(name)}</span> : <>{value}</>;
}

/** The filter that finds the stores of a group. None finds stores without a tag. */
function filterOf({ group }: TrendGroup, { groupBy, tags }: AskedTrend): TagFilter | undefined {
  const own = groupBy.map((key, place) => [key, group[place] ?? null] as const);
  const named = own.flatMap(([key, value]) => value === null ? [] : [[key, [value]] as const]);
  return named.length < own.length ? undefined : { ...tags.filter, ...Object.fromEntries(named) };
}

interface NumbersProps {
  readonly group: Omit<TrendGroup, "group">;
  readonly isCompared: boolean;
}

function Numbers({ group: { stores, total, before }, isCompared }: NumbersProps): JSX.Element {
  return (
    <>
      <td class="numeric">{count(stores)}</td>
      <td class="wide">
        <ShareBar share={uptimeRatio(total)} />
      </td>
      <td class="numeric">{uptimeWords(total)}</td>
      {isCompared && (
        <td class="numeric">
          <Points now={total} then={before} />
        </td>
      )}
      <td class="numeric">{hourWords(total.down)}</td>
      <td class="numeric wide">{observedWords(total)}</td>
    </>
  );
}
