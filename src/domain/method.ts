/** How a report judges the time between polls: the axes of R35 in README.md, each of which can be chosen by itself. */
export interface Method {
  /** The time from a poll to the next one, the same but not beyond `stale_after`, or half an hour on either side of it. */
  readonly pollSpeaksFor: "until next poll" | "until next poll, at most stale_after" | "30 minutes around";
  readonly pollsUsed: "all" | "inside openings";
  /** What scheduled time counts as about which no poll says anything. */
  readonly unobserved: "uptime" | "neither";
  /** What the time outside of openings counts as. */
  readonly closed: "left out" | "uptime";
  readonly windowsEnd: "as-of" | "full hour";
}

const STEP: Method = {
  pollSpeaksFor: "until next poll",
  pollsUsed: "all",
  unobserved: "uptime",
  closed: "left out",
  windowsEnd: "as-of",
};

/** The methods that have a name. */
export const METHODS = {
  step: STEP,
  nearest: { ...STEP, pollSpeaksFor: "30 minutes around", unobserved: "neither" },
  clock: { ...STEP, closed: "uptime", windowsEnd: "full hour" },
  "in-hours": { ...STEP, pollsUsed: "inside openings" },
  observed: { ...STEP, pollSpeaksFor: "until next poll, at most stale_after", unobserved: "neither" },
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof METHODS;

export const METHOD_NAMES: readonly [MethodName, ...MethodName[]] = [
  "step",
  "nearest",
  "clock",
  "in-hours",
  "observed",
];
