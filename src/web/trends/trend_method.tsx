import type { JSX } from "hono/jsx/jsx-runtime";

/** What the numbers of trends are, on each of their pages. */
export function TrendMethod(): JSX.Element {
  return (
    <p class="note">
      Trends use the method{" "}
      <code>observed</code>: a poll counts until the next one, but for two hours at most. Other time is not observed,
      and counts neither as up nor as down. Each store has its own calendar. Today is left out until it is over in all
      time zones of these stores. Numbers are exact sums, and follow late polls and changed hours within seconds.{" "}
      <a href="/how-sure">How sure a number is</a>
    </p>
  );
}
