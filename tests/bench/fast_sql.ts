/**
 * The same report as one statement of SQL that is as fast as we could write it, in two dialects. Apart from
 * tests/support/sql_reference.ts, which is written to be right at a glance, and for every method; this one knows `step`
 * only: of a store's openings, that is down which the polls that say inactive speak for, and all the rest is up.
 *
 * What makes it fast: only inactive polls (6 %) look for the poll that ends what they say; each opening becomes instants
 * once for all stores that share zone and hours; sums instead of
 * sets of time.
 */
import type { Micros } from "../../src/domain/time/interval.ts";

/** Lets inactive polls be found without a look at the others. To be made before `postgresReport` is measured. */
export const POLLS_INDEX = "create index on plain_polls (store_key, at) where not active";

/** A statement for `stores` and `business_hours` of our schema, and `plain_polls`. */
export function postgresReport(asOf: Micros): string {
  return report(asOf, postgres);
}

const postgres: Dialect = {
  instant: (micros) => `instant(${micros})`,
  dates: (first, last) =>
    `generate_series(timestamp '${first}', timestamp '${last}', interval '1 day') as dates (date)`,
  openings: `
      select store_key, lower(opening) as start_at, upper(opening) as end_at
      from (
        select store_key, range_agg(tstzrange(start_at, end_at)) as openings from scheduled group by store_key
      ) merged cross join unnest(openings) as opening`,
  // An index look-up for each: a window function over all polls takes twice as long, and is not run in parallel.
  inactive: (asOf) => `
      select store_key, at as start_at, coalesce((
          select min(at) from plain_polls next
          where next.store_key = plain_polls.store_key and next.at > plain_polls.at and next.at <= ${asOf}
        ), ${asOf}) as end_at
      from plain_polls where not active and at <= ${asOf}`,
  micros: (length) => `(extract(epoch from ${length}) * 1000000)::bigint`,
  nothing: "interval '0'",
};

/** A statement for such tables in DuckDB, with `polls` instead of `plain_polls`, and `at` as `timestamptz`; that name needs quotes there. */
export function duckdbReport(asOf: Micros): string {
  return report(asOf, {
    instant: (micros) => `make_timestamptz(${micros})`,
    dates: (first, last) =>
      `unnest(generate_series(timestamp '${first}', timestamp '${last}', interval '1 day')) as dates (date)`,
    // DuckDB has no sets of ranges: openings that touch get the same number, then become one.
    openings: `
      select store_key, min(start_at) as start_at, max(end_at) as end_at
      from (
        select *, sum(is_apart) over (partition by store_key order by start_at, end_at) as number
        from (
          select *, coalesce((start_at > max(end_at) over (
            partition by store_key order by start_at, end_at rows between unbounded preceding and 1 preceding
          ))::integer, 1) as is_apart
          from scheduled
        ) marked
      ) numbered group by store_key, number`,
    inactive: (asOf) => `
      select store_key, "at" as start_at, coalesce(next_at, ${asOf}) as end_at
      from (
        select store_key, "at", active, lead("at") over (partition by store_key order by "at") as next_at
        from polls where "at" <= ${asOf}
      ) spoken where not active`,
    micros: (length) => length,
    nothing: "0",
    length: (from, to) => `epoch_us(${to}) - epoch_us(${from})`,
  });
}

interface Dialect {
  instant(micros: Micros): string;
  dates(first: string, last: string): string;
  readonly openings: string;
  inactive(asOf: string): string;
  micros(length: string): string;
  readonly nothing: string;
  length?(from: string, to: string): string;
}

const HOUR = 3_600_000_000;
const WINDOWS = { hour: 1, day: 24, week: 168 };

/** Gives `store_id, up_hour, up_day, up_week, down_hour, down_day, down_week`, in microseconds, sorted. */
function report(asOf: Micros, dialect: Dialect): string {
  const end = dialect.instant(asOf);
  const start = dialect.instant(asOf - 168 * HOUR);
  const sums = Object.entries(WINDOWS).map(([name, hours]) =>
    `sum(${within(dialect, dialect.instant(asOf - hours * HOUR))}) as ${name}`
  ).join();
  const names = Object.keys(WINDOWS);
  const up = names.map((name) => dialect.micros(`opened.${name} - coalesce(closed.${name}, ${dialect.nothing})`));
  const down = names.map((name) => dialect.micros(`coalesce(closed.${name}, ${dialect.nothing})`));
  const columns = [
    ...up.map((sum, index) => `${orZero(sum)} as up_${names[index]}`),
    ...down.map((sum, index) => `${orZero(sum)} as down_${names[index]}`),
  ];
  return `
    with ${scheduled(asOf, dialect)},
    openings as (${dialect.openings}),
    pieces as (
      select store_key, greatest(start_at, ${start}) as start_at, least(end_at, ${end}) as end_at
      from openings where end_at > ${start} and start_at < ${end}
      union all
      select store_key, ${start}, ${end} from stores
      where not exists (select 1 from business_hours where business_hours.store_key = stores.store_key)
    ),
    inactive as materialized (${dialect.inactive(end)}),
    down as (
      select store_key, greatest(pieces.start_at, inactive.start_at) as start_at,
        least(pieces.end_at, inactive.end_at) as end_at
      from pieces join inactive using (store_key)
      where inactive.start_at < pieces.end_at and inactive.end_at > pieces.start_at
    ),
    opened as (select store_key, ${sums} from pieces group by store_key),
    closed as (select store_key, ${sums} from down group by store_key)
    select store_id, ${columns.join()}
    from stores left join opened using (store_key) left join closed using (store_key)
    order by store_id`;
}

function orZero(sum: string): string {
  return `coalesce(${sum}, 0)`;
}

/** How much of a piece lies in a window that ends where all pieces have ended. */
function within({ length = (from, to) => `${to} - ${from}` }: Dialect, start: string): string {
  return length(`greatest(start_at, ${start})`, `greatest(end_at, ${start})`);
}

/** Each opening of a date around the week, as two instants, made once for all stores of a zone that have the same hours. */
function scheduled(asOf: Micros, { dates }: Dialect): string {
  const date = (micros: Micros) => new Date(micros / 1000).toISOString().slice(0, 10);
  const [first, last] = [date(asOf - 10 * 24 * HOUR), date(asOf + 3 * 24 * HOUR)];
  return `hours as materialized (
      select store_key, coalesce(timezone, 'America/Chicago') as zone, day, start_time, end_time
      from business_hours join stores using (store_key)
    ),
    walls as (
      select zone, day, start_time, end_time, date + start_time as start_wall,
        date + end_time + case when end_time <= start_time then interval '1 day' else interval '0 day' end as end_wall
      from (select distinct zone, day, start_time, end_time from hours) as kinds
      join ${dates(first, last)} on day = extract(isodow from date)::integer - 1
    ),
    spans as materialized (
      select zone, day, start_time, end_time, ${instantOf("start_wall")} as start_at, ${instantOf("end_wall")} as end_at
      from walls
    ),
    scheduled as (
      select store_key, start_at, end_at
      from hours join spans using (zone, day, start_time, end_time)
      where start_at < end_at
    )`;
}

/**
 * The instant of a wall time. Of one that occurs twice `at time zone` takes the second occurrence; the first one has the
 * offset that held 24 hours before.
 */
function instantOf(wall: string): string {
  const usual = `(${wall} at time zone zone)`;
  const before = `(${usual} - interval '24 hours')`;
  const earlier = `((${wall} - (${before} at time zone zone - ${before} at time zone 'UTC')) at time zone 'UTC')`;
  return `case when ${earlier} < ${usual} and ${earlier} at time zone zone = ${wall} then ${earlier} else ${usual} end`;
}
