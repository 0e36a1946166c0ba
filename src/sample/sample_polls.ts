import type { CsvFile } from "./csv_file.ts";
import { AS_OF, type PollingRound } from "./polling_rounds.ts";
import type { Random } from "./random.ts";
import type { SampleStore } from "./sample_store.ts";

/** What a round finds of a store. */
const MISSED = 0;
const ACTIVE = 1;
const INACTIVE = 2;

/** One object serves for all rows, since a file has millions. */
interface Poll {
  /** The store's id with its comma. */
  id: Uint8Array;
  status: number;
  /** Seconds after the full hour. */
  second: number;
  micros: number;
}

const encoder = new TextEncoder();
const ACTIVE_FIELD = encoder.encode("active,");
const INACTIVE_FIELD = encoder.encode("inactive,");
const COLON = encoder.encode(":");
const POINT = encoder.encode(".");
const UTC = encoder.encode(" UTC");

/** An id of 19 digits, `inactive`, a time with six fraction digits, commas, the end of the line. */
const LONGEST_ROW = 19 + 1 + 8 + 1 + 30 + 1;

/** So many stores' polls of one round, each of them twice, fit into the file's buffer of a mebibyte. */
export const STORES_AT_ONCE = 4096;

/**
 * Writes the polls of some stores: the rounds in no order, and in each of them the stores in no order.
 *
 * @param stores at most `STORES_AT_ONCE`
 */
export async function writePolls(
  file: CsvFile,
  { stores, rounds, random }: { stores: readonly SampleStore[]; rounds: readonly PollingRound[]; random: Random },
): Promise<void> {
  const polled = stores.filter((store) => store.polled).map((store) => ({
    id: encoder.encode(`${store.id},`),
    states: statesOf(store, rounds.length, random),
    latest: store.latest,
  }));
  for (const index of random.order(rounds.length)) {
    const round = rounds[index];
    if (round === undefined) continue;
    await file.room(2 * polled.length * LONGEST_ROW);
    writeRound(file, { stores: polled, round, index, random });
  }
}

/** A store with what each round finds of it. */
interface PolledStore {
  readonly id: Uint8Array;
  readonly states: Uint8Array;
  readonly latest: boolean;
}

function writeRound(
  file: CsvFile,
  { stores, round, index, random }: {
    stores: readonly PolledStore[];
    round: PollingRound;
    index: number;
    random: Random;
  },
): void {
  const poll: Poll = { id: POINT, status: MISSED, second: 0, micros: 0 };
  const repeats: Poll[] = [];
  for (const position of random.order(stores.length)) {
    const store = stores[position];
    const status = store?.states[index];
    if (store === undefined || status === undefined || status === MISSED) continue;
    const latest = round.last && store.latest;
    poll.id = store.id;
    poll.status = status;
    poll.second = latest ? AS_OF.second : random.below(round.seconds);
    poll.micros = latest ? AS_OF.micros : microsOf(random);
    writePoll(file, round, poll);
    repeatNowAndThen(poll, repeats, random);
  }
  for (const repeat of repeats) writePoll(file, round, repeat);
}

/** What each round finds of one store. A store that is out stays so for hours; about four rounds in five reach it. */
function statesOf(store: SampleStore, rounds: number, random: Random): Uint8Array {
  const states = new Uint8Array(rounds);
  const first = store.newcomer ? random.below(rounds) : 0;
  let outage = 0;
  for (let index = first; index < rounds; index++) {
    if (outage > 0) outage--;
    else if (store.outageOdds > 0 && random.chance(1, store.outageOdds)) outage = outageLength(random);
    if (random.chance(803, 1000)) states[index] = outage > 0 ? INACTIVE : ACTIVE;
  }
  if (store.latest) states[rounds - 1] ||= ACTIVE;
  return states;
}

/** In rounds: mostly a few, now and then up to three days. */
function outageLength(random: Random): number {
  return random.chance(1, 25) ? 12 + random.below(60) : 1 + random.below(8);
}

/** At least two digits are left of it after its last zeros are dropped, as in the real export. */
function microsOf(random: Random): number {
  const micros = random.below(1_000_000);
  return micros % 100_000 === 0 ? micros + 1 : micros;
}

/** Of a thousand polls, one is in the file twice; of 20,000, one has a twin that disagrees. */
function repeatNowAndThen(poll: Poll, repeats: Poll[], random: Random): void {
  const drawn = random.below(20_000);
  if (drawn === 0) repeats.push({ ...poll, status: poll.status === ACTIVE ? INACTIVE : ACTIVE });
  else if (drawn <= 20) repeats.push({ ...poll });
}

function writePoll(file: CsvFile, round: PollingRound, { id, status, second, micros }: Poll): void {
  file.put(id);
  file.put(status === ACTIVE ? ACTIVE_FIELD : INACTIVE_FIELD);
  file.put(round.prefix);
  file.putDigits(Math.trunc(second / 60), 2);
  file.put(COLON);
  file.putDigits(second % 60, 2);
  file.put(POINT);
  file.putDigits(micros, 6);
  file.dropZeros();
  file.put(UTC);
  file.endRow();
}
