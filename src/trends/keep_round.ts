import type { Sql, Transaction } from "../db/connection/client.ts";
import { estimatePollsOn } from "../db/polls/count_polls.ts";
import { latestPoll } from "../db/polls/latest_poll.ts";
import { exportSnapshot } from "../db/postgres/snapshot.ts";
import { transaction } from "../db/postgres/transaction.ts";
import { changesOfTime, type TimedChange } from "../db/stores/store_changes.ts";
import { countStores } from "../db/stores/stores.ts";
import {
  type Cohort,
  forgetAllDates,
  forgetDates,
  forgetDatesIn,
  keepDates,
  listCohorts,
} from "../db/trends/kept_dates.ts";
import { dropMonthsBefore, writeMonths } from "../db/trends/trend_months.ts";
import { firstPollDay, readTrendState, saveTrendState, takeTrends, type TrendState } from "../db/trends/trend_state.ts";
import { monthOf } from "../domain/time/date.ts";
import { DAY, type Micros } from "../domain/time/interval.ts";
import type { EpochDay } from "../domain/time/timezone.ts";
import type { ZoneRules } from "../domain/time/zone_rules.ts";
import { dateHolding } from "../domain/trends/local_dates.ts";
import { storesPerChunk } from "../report/chunk_size.ts";
import { Timezones } from "../report/timezones.ts";
import type { ComputeDays } from "./days_task.ts";
import { staleDates } from "./stale_dates.ts";
import { nextDates, wantedDates } from "./wanted_dates.ts";

/** What keeping sums takes. */
export interface KeepDeps {
  readonly sql: Sql;
  readonly zoneRules: ZoneRules;
  readonly compute: ComputeDays;
}

/** How sums are computed. Another number here makes all of them stale. */
const WAY = 1;

/** Stores of a round, with a month each: 0.1 s of a worker. A report that comes meanwhile waits no longer. */
const STORES_AT_ONCE = 250;

/**
 * Brings what is kept of trends up to date, as far as one short transaction can: forgets dates that changed, and computes the latest ones
 * that are lacking. The transaction sees one snapshot from its first look to its last write, so that no change falls between two rounds.
 * If another process changed the same meanwhile, Postgres refuses this one, and the next round does the work.
 *
 * @returns whether there is more to do
 */
export async function keepRound(deps: KeepDeps): Promise<boolean> {
  return await transaction(deps.sql, async (tx) => {
    if (!(await takeTrends(tx))) return false;
    const state = await readTrendState(tx);
    const madeBy = `${WAY} ${deps.zoneRules.version}`;
    if (state.madeBy !== undefined && state.madeBy !== madeBy) {
      // While processes of two versions run, the later one decides.
      if (madeBy < state.madeBy && !state.isAbandoned) return false;
      await forgetAllDates(tx);
    }
    return await keepIn(tx, { ...deps, state, madeBy });
  }, "repeatable read");
}

interface Round extends KeepDeps {
  readonly state: TrendState;
  readonly madeBy: string;
}

async function keepIn(tx: Transaction, round: Round): Promise<boolean> {
  const timezones = new Timezones(round.zoneRules);
  const { seen, horizon } = round.state;
  const changes = seen === undefined || horizon === undefined ? undefined : await changesOfTime(tx, seen, horizon);
  const [asOf, begins] = [await latestPoll(tx), await beginning(tx, round.state.begins, changes)];
  if (changes === undefined || asOf === undefined || begins === undefined) await forgetAllDates(tx);
  if (asOf === undefined || begins === undefined) {
    await saveTrendState(tx, { horizon: undefined, begins, madeBy: round.madeBy });
    return false;
  }
  const cohorts = await followChanges(tx, changes ?? [], timezones);
  const plan = planOf(cohorts, { timezones, asOf, begins });
  await dropMonthsBefore(tx, monthOf(plan.earliest));
  const more = await computeNext(tx, round, { ...plan, asOf });
  await saveTrendState(tx, { horizon: plan.horizon, begins, madeBy: round.madeBy });
  return more;
}

/** The first day with polls: looked for again only if something changed before it, or if it is not known. */
async function beginning(
  tx: Transaction,
  known: EpochDay | undefined,
  changes: readonly TimedChange[] | undefined,
): Promise<EpochDay | undefined> {
  const stays = known !== undefined && changes?.every(({ start }) => start >= (known + 1) * DAY);
  return stays ? known : await firstPollDay(tx);
}

async function followChanges(
  tx: Transaction,
  changes: readonly TimedChange[],
  timezones: Timezones,
): Promise<Cohort[]> {
  const cohorts = await listCohorts(tx);
  const stale = staleDates(changes, cohorts, (store) => timezones.of(store));
  if (stale.stores.length + stale.zones.length === 0) return cohorts;
  await forgetDates(tx, stale.stores);
  await forgetDatesIn(tx, stale.zones);
  return await listCohorts(tx);
}

/** What is to be kept. */
interface KeepPlan {
  readonly lacking: ReturnType<typeof nextDates>;
  /** The end of the last date that is over, in any zone. */
  readonly horizon: Micros | undefined;
  /** The first date of all. */
  readonly earliest: EpochDay;
}

function planOf(
  cohorts: readonly Cohort[],
  { timezones, asOf, begins }: { timezones: Timezones; asOf: Micros; begins: EpochDay },
): KeepPlan {
  let horizon = -Infinity;
  let earliest = Infinity;
  const lacking = nextDates(cohorts, (cohort) => {
    const timezone = timezones.of(cohort);
    // A store whose zone is unknown has no row in a report, either.
    if (timezone instanceof RangeError) return undefined;
    const current = dateHolding(timezone, asOf);
    const wanted = wantedDates(current, begins);
    horizon = Math.max(horizon, timezone.instantOf(current, 0));
    earliest = Math.min(earliest, wanted.start);
    return wanted;
  });
  return {
    lacking,
    horizon: Number.isFinite(horizon) ? horizon : undefined,
    earliest: Number.isFinite(earliest) ? earliest : begins,
  };
}

async function computeNext(
  tx: Transaction,
  { compute, zoneRules }: Round,
  { lacking, asOf }: KeepPlan & { readonly asOf: Micros },
): Promise<boolean> {
  if (lacking === undefined) return false;
  const { dates } = lacking;
  const keys = lacking.keys.slice(0, await storesAtOnce(tx, dates, asOf));
  const snapshot = await exportSnapshot(tx);
  await writeMonths(tx, await compute({ keys, dates, snapshot, asOf, tzdata: zoneRules.version }));
  await keepDates(tx, keys, dates);
  return true;
}

/** Fewer stores if their polls are too many for the memory of a worker. */
async function storesAtOnce(tx: Transaction, { start, end }: { start: EpochDay; end: EpochDay }, asOf: Micros) {
  const polls = await estimatePollsOn(tx, [{ first: start - 1, last: end }], asOf);
  return storesPerChunk({ stores: await countStores(tx), polls, concurrency: 1, chunkSize: STORES_AT_ONCE });
}
