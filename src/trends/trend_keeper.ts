import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../log.ts";
import { type KeepDeps, keepRound } from "./keep_round.ts";

const IDLE_MS = 5_000;
/** Reports go first, but not for ever. */
const PATIENCE_MS = 5_000;
const LOOK_MS = 50;

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
      if (!signal.aborted) deps.log("warn", "trends not kept", { error });
      return false;
    });
    await pause(more ? performance.now() - began : IDLE_MS, signal);
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
