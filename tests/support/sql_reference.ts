/**
 * The same report from Postgres alone: one statement over `stores`, the tables of calendars and `polls`, in sets of time
 * (multiranges of microseconds since 1970) instead of loops, and with Postgres' own zones instead of Temporal's.
 *
 * Limit: a wall time that occurs twice is looked for up to 24 hours back, and a zone that changes its clock twice within
 * 24 hours would be misread. No zone has done so since 1900.
 */
import type { MethodName } from "../../src/domain/method.ts";

const HOUR = 3_600_000_000n;

/** Dates of the store's own calendar, of which the second is not included: `["2023-01-21", "2023-01-24"]`. */
export type SqlDates = Readonly<Record<string, readonly [from: string, to: string]>>;

/**
 * A statement (Postgres 15 or later) that gives `store_id, up_hour, up_day, up_week, down_hour, down_day, down_week`, in
 * microseconds as bigint, a row per store in the order of `store_id`. Under `observed` a poll counts for two hours at most.
 *
 * @param named windows to measure instead, at most two weeks before as-of; then the columns have their names
 */
export function reportSql(method: MethodName, asOfMicros: number | bigint, named?: SqlDates): string {
  const asOf = BigInt(asOfMicros);
  const end = method === "clock" ? asOf - (((asOf % HOUR) + HOUR) % HOUR) : asOf;
  const windows: Record<string, string> = named === undefined
    ? { hour: range(end - HOUR, end), day: range(end - 24n * HOUR, end), week: range(end - 168n * HOUR, end) }
    : Object.fromEntries(Object.entries(named).map(([name, ends]) => [name, datesRange(ends, end)]));
  const names = Object.keys(windows);
  return `
    with ${stores(asOf, end, method)}, ${dates}, ${walls}, ${exclusions}, ${instants}, ${openings}, ${
    states(asOf, method)
  },
    judged as (
      select store_id, windows.*, ${judged(method)}
      from stores_at join open using (store_key) left join said using (store_key)
      cross join lateral (values (${Object.values(windows).join()})) as windows (${names.join()})
    )
    select store_id, ${["up", "down"].flatMap((way) => names.map((window) => measured(way, window))).join()}
    from judged order by store_id`;
}

/** Dates as a set of time, cut at the end. */
function datesRange([from, to]: readonly [string, string], end: bigint): string {
  const start = microsOf(`timestamp '${from}'`, "zone");
  return `int8multirange(int8range(${start}, greatest(${start}, least(${
    microsOf(`timestamp '${to}'`, "zone")
  }, ${end}))))`;
}

/** A wall time of a zone as an instant, as `instants` below finds it. */
export function microsOf(wall: string, zone: string): string {
  return `(
    select (extract(epoch from
      case when earlier < usual and earlier at time zone ${zone} = wall then earlier else usual end
    ) * 1000000)::bigint
    from (select ${wall} as wall) as given
    ${earlierOf(zone)}
  )`;
}

/** Of a wall time `wall` the instant that Postgres takes, and one with the offset of the day before. */
function earlierOf(zone: string): string {
  return `cross join lateral (select wall at time zone ${zone} as usual) as guess
      cross join lateral (select usual - interval '24 hours' as day_before) as before
      cross join lateral (
        select (wall - ((day_before at time zone ${zone}) - (day_before at time zone 'UTC'))) at time zone 'UTC' as earlier
      ) as other`;
}

function range(start: bigint, end: bigint): string {
  return `int8multirange(int8range(${start}, ${end}))`;
}

function measured(way: string, window: string): string {
  return `(select coalesce(sum(upper(piece) - lower(piece)), 0)::bigint from unnest(${way} * ${window}) piece)
    as ${way}_${window}`;
}

const EVER = "int8multirange(int8range(null, null))";
const NEVER = "int8multirange()";

/** Each store with its zone, and the dates of which an opening could matter: a few more than can be. */
function stores(asOf: bigint, end: bigint, method: MethodName): string {
  const weekStart = `${end - 336n * HOUR}`;
  const firstPoll =
    "(select min((extract(epoch from at) * 1000000)::bigint) from polls where polls.store_key = s.store_key)";
  const first = method === "in-hours" ? `least(${weekStart}, ${firstPoll})` : weekStart;
  return `stores_at as materialized (
      select store_key, store_id, coalesce(timezone, 'America/Chicago') as zone,
        ${date(first)} - 4 as first_date, ${date(`${asOf}`)} + 4 as last_date
      from stores s
    )`;
}

function date(micros: string): string {
  return `(date '1970-01-01' + (${micros} / 86400000000)::int)`;
}

/**
 * Each date of each store, with what decides its openings: its special hours, own before those of all stores, or the latest version of
 * the weekly hours.
 */
const dates = `dates as materialized (
      select store_key, zone, midnight,
        (
          select rule_key from special_hours
          where rule_key in (stores_at.store_key, 0) and date = midnight::date order by rule_key desc limit 1
        ) as special,
        (
          select max(valid_from) from hours_versions
          where hours_versions.store_key = stores_at.store_key and valid_from <= midnight::date
        ) as version
      from stores_at
      cross join generate_series(first_date::timestamp, last_date::timestamp, interval '1 day') as midnight
    )`;

/** Each opening by its two wall times: the start's date and time, the end's date and time. */
const walls = `walls as materialized (
      select store_key, zone, midnight + start_time as wall_start,
        midnight + end_time + case when end_time <= start_time then interval '1 day' else interval '0' end as wall_end
      from dates join business_hours using (store_key)
      where special is null and valid_from = version and day = extract(isodow from midnight)::int - 1
      union all
      select dates.store_key, zone, midnight + starts,
        midnight + ends + case when ends <= starts then interval '1 day' else interval '0' end
      from dates join special_hours on rule_key = special and date = midnight::date
      cross join unnest(start_times, end_times) as times (starts, ends)
      union all
      select store_key, zone, midnight, midnight + interval '1 day' from dates where special is null and version is null
    )`;

/** Each exclusion of each store, as it is written. */
const exclusions = `written as materialized (
      select store_key, zone, is_local, from_micros, to_micros,
        timestamp '1970-01-01' + from_micros * interval '1 microsecond' as wall_from,
        timestamp '1970-01-01' + to_micros * interval '1 microsecond' as wall_to
      from stores_at join exclusions on withdrawn_at is null and (
        for_all or exclusion_id in (select exclusion_id from exclusion_stores same where same.store_key = stores_at.store_key)
      )
    )`;

/**
 * Each wall time as an instant. Of a wall time that clocks skip, \`at time zone\` makes what is asked for: it takes the
 * offset before the gap. Of one that occurs twice it takes the second occurrence. The first one would have the offset that
 * held 24 hours before the second: it is taken if it is earlier and the zone's clock shows the wall time then.
 */
const instants = `wall_times as (
      select zone, wall_start as wall from walls union select zone, wall_end from walls
      union select zone, wall_from from written where is_local union select zone, wall_to from written where is_local
    ), instants as materialized (
      select zone, wall, (extract(epoch from
        case when earlier < usual and earlier at time zone zone = wall then earlier else usual end
      ) * 1000000)::bigint as micros
      from wall_times
      ${earlierOf("zone")}
    )`;

/** A store's openings as one set of time. */
const openings = `opened as (
      select store_key, range_agg(int8range(starts.micros, ends.micros)) as times
      from walls
      join instants starts on starts.zone = walls.zone and starts.wall = wall_start
      join instants ends on ends.zone = walls.zone and ends.wall = wall_end
      where starts.micros < ends.micros
      group by store_key
    ), left_out as (
      select store_key, range_agg(int8range(start, stop)) as excluded
      from (
        select store_key, from_micros as start, to_micros as stop from written where not is_local
        union all
        select store_key, starts.micros, ends.micros from written
        join instants starts on starts.zone = written.zone and starts.wall = wall_from
        join instants ends on ends.zone = written.zone and ends.wall = wall_to
        where is_local and starts.micros < ends.micros
      ) either
      group by store_key
    ), open as materialized (
      select store_key, coalesce(times, ${NEVER}) as open, coalesce(excluded, ${NEVER}) as excluded
      from stores_at left join opened using (store_key) left join left_out using (store_key)
    )`;

/** The sets of time about which some poll says active, and inactive. */
function states(asOf: bigint, method: MethodName): string {
  const border = (before: string, after: string) => `-((-(${before} + ${after})) >> 1)`;
  const speaksFor = method === "nearest"
    ? `int8range(greatest(at - ${HOUR / 2n}, ${border("before", "at")}), least(at + ${HOUR / 2n}, ${
      border("at", "after")
    }))`
    : method === "observed"
    ? `int8range(at, least(after, at + ${2n * HOUR}))`
    : "int8range(at, after)";
  return `micros_polls as (
      select store_key, (extract(epoch from at) * 1000000)::bigint as at, active from polls
    ), heard as (
      select store_key, at, active, lag(at) over by_time as before, lead(at) over by_time as after
      from micros_polls ${method === "in-hours" ? "join open using (store_key)" : ""}
      where at <= ${asOf} ${method === "in-hours" ? "and open @> at" : ""}
      window by_time as (partition by store_key order by at)
    ), said as (
      select store_key, range_agg(${speaksFor}) filter (where active) as active,
        range_agg(${speaksFor}) filter (where not active) as inactive
      from heard group by store_key
    )`;
}

function judged(method: MethodName): string {
  const active = `coalesce(active, ${NEVER})`;
  const down = `(open * coalesce(inactive, ${NEVER}))`;
  const up = {
    step: `open - ${down}`,
    "in-hours": `open - ${down}`,
    clock: `${EVER} - ${down}`,
    nearest: `open * ${active}`,
    observed: `open * ${active}`,
  };
  return `(${up[method]}) - excluded as up, ${down} - excluded as down`;
}
