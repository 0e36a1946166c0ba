import { setTimeout as delay } from "node:timers/promises";
import { TRY_AGAIN } from "../db/postgres/retry_conflicts.ts";
import { codeOf } from "../error_code.ts";
import type { Log } from "../log.ts";
import { type KeepDeps, keepRound } from "./keep_round.ts";

const IDLE_MS = 5_000;
/** Reports go first, but sums do not wait for ever. */
const PATIENCE_MS = 5_000;
const LOOK_MS = 50;
/** A look at many stores that finds nothing to do takes 2 % of the time at most. */
const REST = 50;

/** What decides when sums are computed. */
export interface KeeperDeps extends KeepDeps {
  /** Whether workers compute a report. */
  readonly isBusy: () => boolean;
  readonly log: Log;
}

/**
 * Keeps sums of trends in the background: round after round while some are lacking, now and then otherwise.
 *
 * @returns ends it, after the round that goes on
 */
export function keepTrends(deps: KeeperDeps): () => Promise<void> {
  const stopped = new AbortController();
  const running = rounds(deps, stopped.signal);
  return async () => {
    stopped.abort();
    await running;
  };
}

async function rounds(deps: KeeperDeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const began = performance.now();
    const more = await keepRound(deps).catch((error) => {
      // Another process was faster, or a store was removed meanwhile.
      if (!signal.aborted && codeOf(error) !== TRY_AGAIN) deps.log("warn", "trends not kept", { error });
      return false;
    });
    const took = performance.now() - began;
    await pause(more ? took : Math.max(IDLE_MS, REST * took), signal);
    await freeWorkers(deps, signal);
  }
}

async function freeWorkers({ isBusy }: KeeperDeps, signal: AbortSignal): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while (!signal.aborted && isBusy() && performance.now() < until) await pause(LOOK_MS, signal);
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => {});
}
