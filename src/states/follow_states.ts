import type { Sql } from "../db/connection/client.ts";
import { forgetOldChanges } from "../db/stores/store_changes.ts";
import type { Log } from "../log.ts";
import type { FleetStates } from "./fleet_states.ts";

const WATCHED_MS = 1_000;
const UNWATCHED_MS = 10_000;
const FORGET_MS = 60_000;
/** A look takes at most a fourth of the time: a feed that changes all stores each second has to go on. */
const REST = 3;

/**
 * Renews states in the background: each second while they are asked for, now and then otherwise.
 *
 * @returns ends it, after the look that goes on
 */
export function followStates(states: FleetStates, { sql, log }: { sql: Sql; log: Log }): () => Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const round = async () => {
    const began = performance.now();
    await states.look().catch((error) => log("warn", "states of stores not read", { error }));
    const wait = states.isWatched ? WATCHED_MS : UNWATCHED_MS;
    if (!isOver) {
      timer = setTimeout(() => running = round(), Math.max(wait, REST * (performance.now() - began)));
    }
  };
  let running = round();
  const forgetting = setInterval(
    () => forgetOldChanges(sql).catch((error) => log("warn", "old changes not removed", { error })),
    FORGET_MS,
  );
  return async () => {
    isOver = true;
    clearTimeout(timer);
    clearInterval(forgetting);
    await running;
  };
}
