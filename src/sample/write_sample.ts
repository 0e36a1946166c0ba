import { CsvFile, type CsvFileOptions } from "./csv_file.ts";
import { DialectWriter } from "./dialect_writer.ts";
import { type DialectName, DIALECTS } from "./dialects.ts";
import { pollingRounds } from "./polling_rounds.ts";
import { Random } from "./random.ts";
import { STORES_AT_ONCE, writePolls } from "./sample_polls.ts";
import { CALENDAR_FILES, type CalendarFiles, writeCalendar, writeHolidays } from "./sample_calendar.ts";
import { type SampleStore, sampleStore } from "./sample_store.ts";

export interface SampleOptions {
  /** The number of stores in the three files together. */
  readonly stores: number;
  /** Dates (UTC) with polls, the last of them 2023-01-25, up to 18:13:22.479220. On 2023-01-23 nothing was polled. */
  readonly days: number;
  readonly seed: number;
  /** Whether names, tags and calendars are written too, into four more files. */
  readonly calendars?: boolean | undefined;
  /** How another program would write the same; the plain form if not given. */
  readonly dialect?: DialectName | undefined;
  /** Gets the bytes written so far to all files, about every half mebibyte. */
  readonly onProgress?: (bytes: number) => void;
  /** Breaks it off within the next mebibyte. */
  readonly signal?: AbortSignal;
}

export interface SampleFile {
  readonly path: string;
  /** Without the header. */
  readonly rows: number;
  readonly bytes: number;
}

const MOST_DAYS = 3_660;
const MOST_STATES_AT_ONCE = 1 << 25;
/** Nothing that one store has in the files of hours and of timezones comes near this. */
const STORE_BYTES = 4_096;

/**
 * Writes polls, hours and timezones like those of the real export, with its oddities and nothing that would be rejected:
 * `store_status.csv`, `menu_hours.csv` and `timezones.csv`, which are the same with and without calendars. The same options give the
 * same bytes on any machine. Memory depends on neither the number of stores nor that of days: stores are made and written some
 * thousand at a time.
 *
 * The files take their names when all are complete, in place of older ones. Needs read and write permission for
 * the folder, which is made if it is missing.
 *
 * @throws {RangeError} if an option is not a whole number, or out of range
 * @throws {Error} naming the file, if it cannot be written; what was written of it is removed
 * @throws the reason of the signal, if it came; what was written is removed
 * @example await writeSample("sample", { stores: 100, days: 8, seed: 1 })
 */
export async function writeSample(folder: string, options: SampleOptions): Promise<{ files: SampleFile[] }> {
  check(options);
  await Deno.mkdir(folder, { recursive: true });
  let written = 0;
  const onWritten = (bytes: number) => {
    options.signal?.throwIfAborted();
    options.onProgress?.(written += bytes);
  };
  await using opened = new AsyncDisposableStack();
  const create: CreateFile = async ([name, header]) =>
    opened.use(
      await CsvFile.create(`${folder}/${name}`, header, { onWritten, rewrite: rewriter(options.dialect) }),
    );
  const polls = await create(["store_status.csv", "store_id,status,timestamp_utc"]);
  const hours = await create(["menu_hours.csv", "store_id,day,start_time_local,end_time_local"]);
  const timezones = await create(["timezones.csv", "store_id,timezone_str"]);
  const calendars = options.calendars ? await createCalendars(create) : undefined;
  await writeStores({ polls, hours, timezones, calendars }, options);
  const files = [polls, hours, timezones, ...Object.values(calendars ?? {})];
  for (const file of files) await file.finish();
  for (const file of files) await file.publish();
  return { files: files.map(({ path, rows, bytes }) => ({ path, rows, bytes })) };
}

type CreateFile = (named: readonly [name: string, header: string]) => Promise<CsvFile>;

async function createCalendars(create: CreateFile): Promise<CalendarFiles> {
  const { stores, newHours, specialHours, exclusions } = CALENDAR_FILES;
  return {
    stores: await create(stores),
    newHours: await create(newHours),
    specialHours: await create(specialHours),
    exclusions: await create(exclusions),
  };
}

function rewriter(name: DialectName | undefined): CsvFileOptions["rewrite"] {
  if (name === undefined) return undefined;
  const writer = new DialectWriter(DIALECTS[name]);
  return (plain) => writer.rewrite(plain);
}

function check({ stores, days, seed }: SampleOptions): void {
  checkWhole("stores", stores, [0, Number.MAX_SAFE_INTEGER]);
  checkWhole("days", days, [1, MOST_DAYS]);
  checkWhole("seed", seed, [0, Number.MAX_SAFE_INTEGER]);
}

function checkWhole(name: string, value: number, [least, most]: readonly [number, number]): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${name} must be a whole number from ${least} to ${most}, not ${value}`);
}

interface SampleFiles extends Record<"polls" | "hours" | "timezones", CsvFile> {
  readonly calendars: CalendarFiles | undefined;
}

async function writeStores(
  { polls, hours, timezones, calendars }: SampleFiles,
  options: SampleOptions,
): Promise<void> {
  const random = Random.of(options.seed);
  const forCalendars = Random.of(options.seed, 1);
  if (calendars !== undefined) await writeHolidays(calendars);
  const rounds = pollingRounds(options.days, random);
  const atOnce = Math.min(STORES_AT_ONCE, Math.trunc(MOST_STATES_AT_ONCE / rounds.length));
  for (let first = 0; first < options.stores; first += atOnce) {
    const count = Math.min(atOnce, options.stores - first);
    const stores = Array.from({ length: count }, (_, index) => sampleStore(options.seed, first + index, random));
    for (const [index, store] of stores.entries()) {
      await writeHours(hours, store);
      await writeTimezone(timezones, store);
      if (calendars === undefined) continue;
      await writeCalendar(calendars, store, { index: first + index, random: forCalendars });
    }
    await writePolls(polls, { stores, rounds, random });
  }
}

async function writeHours(file: CsvFile, store: SampleStore): Promise<void> {
  await file.room(STORE_BYTES);
  for (const { day, start, end } of store.hours) file.row(`${store.id},${day},${start},${end}`);
}

async function writeTimezone(file: CsvFile, store: SampleStore): Promise<void> {
  await file.room(STORE_BYTES);
  if (store.timezone !== undefined) file.row(`${store.id},${store.timezone}`);
}
