import { type MethodName, METHODS } from "../../domain/method.ts";
import type { ReportRequest } from "../../domain/report_request.ts";
import { roughLength } from "./numbers.ts";

/** What each method does, for people who choose one. */
export const METHOD_WORDS: Record<MethodName, { readonly title: string; readonly says: string }> = {
  step: {
    title: "Last known status holds",
    says: "A store keeps the status of its last check until the next one. Only business hours count.",
  },
  nearest: {
    title: "Only time within 30 minutes of a check",
    says: "A check counts for the 30 minutes before and after it. Other time is left out. Only business hours count.",
  },
  clock: {
    title: "Closed hours count as up",
    says: "The last known status holds. A week always has 168 hours, and it ends at the last full hour.",
  },
  "in-hours": {
    title: "Ignore checks made while closed",
    says: "The last known status holds, from checks made in business hours only. Only business hours count.",
  },
  observed: {
    title: "Observed time only",
    says: "A check counts until the next one, by default for two hours at most. Other time is left out.",
  },
};

/** What a report's method does in each respect (R35), as names and values for pages. */
export function axisWords({ method, staleAfter }: Pick<ReportRequest, "method" | "staleAfter">): [string, string][] {
  const { pollSpeaksFor, pollsUsed, unobserved, closed, windowsEnd } = METHODS[method];
  const reach = {
    "until next poll": "until the next check",
    "until next poll, at most stale_after": `until the next check, for ${roughLength(staleAfter)} at most`,
    "30 minutes around": "for 30 minutes before and after it",
  };
  return [
    ["A check counts", reach[pollSpeaksFor]],
    ["Checks used", pollsUsed === "all" ? "all" : "those made in business hours"],
    ["Time without data", unobserved === "uptime" ? "counts as up" : "counts as neither up nor down"],
    ["Closed hours", closed === "uptime" ? "count as up" : "are left out"],
    ["Windows end", windowsEnd === "as-of" ? "at the as-of time or before" : "at the last full hour (UTC) or before"],
  ];
}

/** What counts as observed: `Time counts as observed for 2 h 00 min after a check.` */
export function observedWords({ method, staleAfter }: Pick<ReportRequest, "method" | "staleAfter">): string {
  const { pollSpeaksFor, pollsUsed } = METHODS[method];
  if (pollSpeaksFor === "30 minutes around") return "Time counts as observed for 30 minutes before and after a check.";
  const check = pollsUsed === "all" ? "a check" : "a check made in business hours";
  return `Time counts as observed for ${roughLength(staleAfter)} after ${check}.`;
}
