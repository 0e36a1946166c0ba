import assert from "node:assert/strict";
import { transaction } from "../../src/db/postgres/transaction.ts";
import { mergePolls } from "../../src/db/polls/merge_polls.ts";
import { removePollsAfter } from "../../src/db/polls/later_polls.ts";
import { dropPartitionsBefore } from "../../src/db/polls/partitions.ts";
import { readStore } from "../../src/db/polls/poll_days.ts";
import { latestPoll } from "../../src/db/polls/latest_poll.ts";
import { removeStore } from "../../src/actions/remove_store.ts";
import { changesSince, forgetOldChanges, type Seen } from "../../src/db/stores/store_changes.ts";
import { stateOf, type StoreState } from "../../src/domain/store_state.ts";
import type { Sql } from "../../src/db/connection/client.ts";
import { Timezones } from "../../src/report/timezones.ts";
import { FleetStates } from "../../src/states/fleet_states.ts";
import { instant } from "../support/build.ts";
import { DATED_HOURS, EXCLUSIONS, SPECIAL } from "../support/calendar_rows.ts";
import { importText } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";
import { putPolls, putStores } from "../support/fleet.ts";
import { RULES } from "../support/rules.ts";

/** The states from all polls of each store, read one store after the other. */
async function slowStates(sql: Sql): Promise<Record<string, StoreState | undefined>> {
  const asOf = await latestPoll(sql);
  const timezones = new Timezones(RULES);
  const ids = await sql<
    { id: string }[]
  >`select store_id as id from stores order by store_id`;
  const states: Record<string, StoreState | undefined> = {};
  for (const { id } of ids) {
    const store = asOf === undefined ? undefined : await transaction(sql, (tx) => readStore(tx, id, asOf));
    const rules = store && timezones.open(store.rules);
    if (store === undefined || asOf === undefined || rules === undefined || rules instanceof RangeError) continue;
    states[id] = stateOf({ rules, polls: store.polls }, asOf);
  }
  return states;
}

async function fastStates(sql: Sql, states: FleetStates): Promise<Record<string, StoreState | undefined>> {
  const view = await states.view();
  const ids = (await sql<
    { id: string }[]
  >`select store_id as id from stores order by store_id`).map(({ id }) => id);
  return Object.fromEntries(await states.withSince(view, ids));
}

const random = (seed: number) => () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;

databaseTest(
  "states in memory follow every change, as if each store was read again, in two processes",
  async ({ sql }) => {
    const [one, other] = [new FleetStates({ sql, zoneRules: RULES }), new FleetStates({ sql, zoneRules: RULES })];
    assert.deepEqual(await fastStates(sql, one), {});
    await putStores(
      sql,
      Array.from({ length: 12 }, (_, n) => ({
        id: `store ${n}`,
        ...(n % 3 === 0 && { zone: "Asia/Kathmandu" }),
        ...(n % 2 === 0 &&
          { hours: [[2, "08:00", "17:00"], [3, "00:00", "24:00"]] as [number, string, string][] }),
      })),
    );
    const next = random(7);
    const anyPoll = (days: number) => ({
      storeId: `store ${Math.floor(next() * 12)}`,
      at: instant("2023-01-25 12:00") +
        Math.floor((next() - 0.95) * days * 86_400) * 1_000_000,
      active: next() < 0.5,
    });
    const changes: [string, () => Promise<unknown>][] = [
      ["polls of all months", () => mergePolls(sql, Array.from({ length: 60 }, () => anyPoll(90)))],
      ["polls of today", () => mergePolls(sql, Array.from({ length: 20 }, () => anyPoll(1)))],
      ["one poll", () => mergePolls(sql, [anyPoll(0.2)])],
      ["a late poll of long ago", () => mergePolls(sql, [anyPoll(80)])],
      ["a zone", () => sql`update stores set timezone = 'Pacific/Auckland' where store_id = 'store 1'`],
      ["hours", () => putStores(sql, [{ id: "store 3", hours: [[1, "10:00", "11:00"]] }])],
      ["a new store", () => putStores(sql, [{ id: "new", polls: ["2023-01-25 10:00 inactive"] }])],
      ["a store less", () => removeStore({ sql, actor: "command" }, "store 5")],
      ["later polls removed", () => removePollsAfter(sql, instant("2023-01-25 06:00"))],
      ["earlier months removed", () => dropPartitionsBefore(sql, instant("2022-12-01 00:00"))],
      ["days later", () => putPolls(sql, "store 2", ["2023-01-27 09:00 active"])],
    ];
    for (const [name, change] of changes) {
      await change();
      const expected = await slowStates(sql);
      assert.deepEqual(await fastStates(sql, one), expected, name);
      assert.deepEqual(await fastStates(sql, other), expected, name);
    }
  },
);

databaseTest(
  "the state of a store follows special hours, exclusions and versions of hours, its own and those of all stores",
  async ({ sql }) => {
    await putStores(sql, [
      { id: "shop", zone: "UTC", hours: [[2, "08:00", "17:00"]], polls: ["2023-01-25 11:30 active"] },
      { id: "other", zone: "UTC", polls: ["2023-01-25 12:00 inactive"] },
    ]);
    const states = new FleetStates({ sql, zoneRules: RULES });
    const load = (header: string, row: string) => importText(sql, `${header}\n${row}\n`);
    const withdraw = () =>
      sql`update exclusions set withdrawn_at = now(), withdrawn_by = 'test' where withdrawn_at is null`;
    const changes: [string, () => Promise<unknown>, string, string][] = [
      ["nothing", () => Promise.resolve(), "up", "down"],
      ["closed on this date", () => load(SPECIAL, "shop,2023-01-25,,,holiday"), "closed", "down"],
      ["open late on this date", () => load(SPECIAL, "shop,2023-01-25,11:00,13:00,"), "up", "down"],
      ["an exclusion", () => load(EXCLUSIONS, "shop,2023-01-25 11:00,2023-01-25 12:30,pause,"), "closed", "down"],
      [
        "an exclusion of all",
        () => load(EXCLUSIONS, "*,2023-01-25T11:00Z,2023-01-25T12:30Z,platform,"),
        "closed",
        "closed",
      ],
      ["both withdrawn", withdraw, "up", "down"],
      ["special hours of all", () => load(SPECIAL, "*,2023-01-25,,,strike"), "up", "closed"],
      ["special hours removed", () => sql`delete from special_hours`, "up", "down"],
      ["later hours", () => load(DATED_HOURS, "shop,2023-01-25,3,08:00,17:00"), "closed", "down"],
      ["later hours removed", () => sql`delete from hours_versions where isfinite(valid_from)`, "up", "down"],
      ["all hours removed", () => sql`truncate business_hours`, "up", "down"],
    ];
    for (const [name, change, shop, other] of changes) {
      await change();
      const view = await states.view();
      assert.deepEqual([view.stateOf("shop")?.state, view.stateOf("other")?.state], [shop, other], name);
      assert.deepEqual(await fastStates(sql, states), await slowStates(sql), name);
    }
  },
);

databaseTest(
  "each change of a calendar or a name is noted, and a file that changes nothing is not",
  async ({ sql }) => {
    await putStores(sql, [{ id: "another" }, { id: "shop" }]);
    const load = (header: string, row: string) => importText(sql, `${header}\n${row}\n`);
    const files: [string, string][] = [
      [DATED_HOURS, "shop,2023-01-25,3,08:00,17:00"],
      [SPECIAL, "shop,2023-01-25,11:00,13:00,"],
      [SPECIAL, "*,2023-01-25,,,"],
      [EXCLUSIONS, "shop,2023-01-25 11:00,2023-01-25 12:30,pause,"],
      [EXCLUSIONS, "*,2023-01-25 11:00,2023-01-25 12:30,pause,"],
      ["store_id,name", "shop,Corner shop"],
      ["store_id,region", "shop,West"],
    ];
    for (const [header, row] of files) {
      await sql`delete from store_changes`;
      assert.equal((await load(header, row)).changed, 1, row);
      const noted = await sql<{ keys: number[] | null }[]>`select store_keys as keys from store_changes`;
      assert.ok(noted.length > 0, row);
      // A change of one store alone is no reason to read all of them again.
      const [shop] = await sql<{ key: number }[]>`select store_key as key from stores where store_id = 'shop'`;
      const isOfAll = row.startsWith("*");
      assert.deepEqual(new Set(noted.flatMap(({ keys }) => keys)), new Set([isOfAll ? null : shop?.key]), row);
    }
    for (const [header, row] of files) {
      await sql`delete from store_changes`;
      await load(header, row);
      assert.equal((await sql`select from store_changes`).length, 0, `${row} again`);
    }
  },
);

databaseTest(
  "a change that is committed late is seen all the same",
  async ({ sql }) => {
    await putStores(sql, [{ id: "a", polls: ["09:00 active"] }, { id: "b", polls: ["09:30 active"] }]);
    const states = new FleetStates({ sql, zoneRules: RULES });
    const { promise: goOn, resolve: commit } = Promise.withResolvers<void>();
    const { promise: written, resolve: onWritten } = Promise.withResolvers<
      void
    >();
    const late = transaction(sql, async (tx) => {
      await tx`update stores set hours = '' where store_id = 'a'`;
      onWritten();
      await goOn;
    });
    await written;
    assert.equal((await states.view()).stateOf("a")?.state, "up");
    await putPolls(sql, "b", ["09:40 inactive"]);
    assert.equal((await states.view()).stateOf("b")?.state, "down");
    commit();
    await late;
    assert.equal((await states.view()).stateOf("a")?.state, "closed");
  },
);

databaseTest(
  "old notes of changes are removed, and new ones stay",
  async ({ sql }) => {
    await putStores(sql, [{ id: "a" }]);
    await sql`update store_changes set at = at - interval '11 minutes'`;
    await putStores(sql, [{ id: "b" }]);
    await forgetOldChanges(sql);
    assert.equal((await sql`select from store_changes`).length, 1);
  },
);

databaseTest(
  "questions at the same time all see what was written before them",
  async ({ sql }) => {
    await putStores(sql, [{ id: "a", polls: ["09:00 active"] }]);
    const states = new FleetStates({ sql, zoneRules: RULES });
    await states.view();
    await putPolls(sql, "a", ["09:30 inactive"]);
    const questions = await Promise.all([states.view(), states.view(), states.view()]);
    assert.deepEqual(questions.map((view) => view.stateOf("a")?.state), ["down", "down", "down"]);
  },
);

databaseTest(
  "a process that did not look for long reads all stores again",
  async ({ sql }) => {
    await putStores(sql, [{ id: "a" }]);
    const look = (seen?: Seen) => transaction(sql, (tx) => changesSince(tx, seen), "repeatable read read only");
    const { now } = await look();
    assert.deepEqual((await look(now)).keys, new Set());
    assert.equal((await look({ ...now, at: now.at - 6 * 60_000_000 })).keys, "all");
  },
);
