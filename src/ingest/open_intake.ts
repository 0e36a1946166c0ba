import type { Transaction } from "../db/connection/client.ts";
import type { ImportKind } from "../db/imports/imports.ts";
import { type PollsTarget, stagePolls } from "../db/polls/stage_polls.ts";
import { stageDetails } from "../db/stores/stage_details.ts";
import { stageExclusions } from "../db/stores/stage_exclusions.ts";
import { stageHours } from "../db/stores/stage_hours.ts";
import { stageSpecialHours } from "../db/stores/stage_special_hours.ts";
import { stageTimezones } from "../db/stores/stage_timezones.ts";
import type { Actor } from "../domain/actor.ts";
import type { PollLimits } from "../domain/polls/poll_limits.ts";
import type { ZoneRules } from "../domain/time/zone_rules.ts";
import { believable } from "./believable_polls.ts";
import type { Notices } from "./faults/notice.ts";
import { type Intake, intake } from "./intake.ts";
import { canBePlain, PlainPolls } from "./plain_polls.ts";
import { exclusionReader, specialHoursReader } from "./rows/calendar_readers.ts";
import type { Columns } from "./rows/columns.ts";
import { hasWeeks, openingHoursReader } from "./rows/opening_hours_reader.ts";
import { hoursReader, pollReader, timezoneReader } from "./rows/row_readers.ts";
import { storeReader } from "./rows/store_reader.ts";
import { SHOW } from "./shown_rows.ts";
import { type DayNumbering, Weekdays } from "./values/weekday.ts";

/** What rows are read with, and where they go. */
export interface IntakeContext {
  readonly target: PollsTarget;
  /** The actor that loads the file. */
  readonly actor: Actor;
  /** Filled as rows are read. */
  readonly notices: Notices;
  readonly zoneRules: ZoneRules;
  readonly limits: PollLimits;
  /** Which stores polls may be of. Undefined: all stores. */
  readonly isOwn?: ((storeId: string) => boolean) | undefined;
  /** How the file numbers weekdays. */
  readonly days?: DayNumbering | undefined;
}

const OPEN: Record<ImportKind, (tx: Transaction, columns: Columns, context: IntakeContext) => Promise<Intake>> = {
  polls: async (tx, columns, { target, notices, limits, isOwn }) => {
    const read = believable(pollReader(columns, notices), columns, limits);
    const staging = await stagePolls(tx, target);
    const plain = isOwn === undefined && canBePlain(columns) ? new PlainPolls(columns, staging, limits) : undefined;
    return { ...intake({ columns, notices, read, show: SHOW.polls, isOwn }, staging), plain };
  },
  hours: openHours,
  "special-hours": async (tx, columns, { notices }) => {
    const read = specialHoursReader(columns, notices);
    return intake({ columns, notices, read, show: SHOW["special-hours"] }, await stageSpecialHours(tx));
  },
  exclusions: openExclusions,
  timezones: async (tx, columns, { notices, zoneRules }) => {
    const read = timezoneReader(columns, notices, zoneRules.zones);
    return intake({ columns, notices, read, show: SHOW.timezones }, await stageTimezones(tx));
  },
  stores: async (tx, columns, { notices }) => {
    const read = storeReader(columns, notices);
    return intake({ columns, notices, read, show: SHOW.stores }, await stageDetails(tx));
  },
};

async function openHours(tx: Transaction, columns: Columns, { notices, days }: IntakeContext): Promise<Intake> {
  const weekdays = new Weekdays(days);
  const read = hasWeeks(columns) ? openingHoursReader(columns, notices) : hoursReader(columns, notices, weekdays);
  const hours = intake({ columns, notices, read, show: SHOW.hours }, await stageHours(tx));
  return { ...hours, warnings: () => weekdays.warnings() };
}

const WITHDRAWN = {
  code: "exclusion_withdrawn",
  message: "A row names an exclusion that was withdrawn: it stays withdrawn",
};

async function openExclusions(tx: Transaction, columns: Columns, { notices, actor }: IntakeContext): Promise<Intake> {
  const staging = await stageExclusions(tx, actor);
  const read = exclusionReader(columns, notices);
  return {
    ...intake({ columns, notices, read, show: SHOW.exclusions }, staging),
    async rejectOthers() {
      const withdrawn = await staging.findWithdrawn();
      if (withdrawn.count > 0) notices.addAll([{ ...WITHDRAWN, ...withdrawn }], (line) => line);
      return 0;
    },
  };
}

/** Opens the way that the rows of a kind of file take. */
export async function openIntake(tx: Transaction, columns: Columns, context: IntakeContext): Promise<Intake> {
  return await OPEN[columns.kind](tx, columns, context);
}
