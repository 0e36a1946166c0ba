import type { Method } from "../../src/domain/method.ts";
import { askedWindows } from "../../src/domain/time/parse_window.ts";
import { UTC } from "../../src/domain/time/timezone.ts";
import { type Window, windowAt } from "../../src/domain/time/window.ts";
import { CLASSIC_WINDOWS } from "../../src/domain/time/window_list.ts";

/** The last hour, day and week, for measuring. */
export const CLASSIC = askedWindows(CLASSIC_WINDOWS);

/** When they are. No calendar decides that. */
export function classicWindows(asOf: number, method: Method): Window[] {
  return CLASSIC.map((asked) => windowAt(asked, { asOf, method }, UTC));
}
