import { METHODS } from "../method.ts";
import { DEFAULT_STALE_AFTER } from "../polls/stale_after.ts";

/**
 * Trends have one method. Its polls reach two hours and no further, so that a late poll changes the dates around it alone. Under `step`
 * it could change all later ones.
 */
export const TREND_METHOD_NAME = "observed";
export const TREND_METHOD = METHODS[TREND_METHOD_NAME];

/** How far after a poll it counts. */
export const TREND_REACH = DEFAULT_STALE_AFTER;
