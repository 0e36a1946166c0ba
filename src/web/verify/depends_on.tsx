import type { JSX } from "hono/jsx/jsx-runtime";
import type { Report } from "../../db/reports/report.ts";
import { count } from "../kit/numbers.ts";

/** A quiet line about what a report depends on, and how to check it again. */
export function DependsOn({ report: { reportId, dependsOn } }: { report: Report }): JSX.Element | null {
  if (dependsOn === undefined) return null;
  const { polls, calendars, tags, version } = dependsOn;
  return (
    <p class="quiet">
      Made with Storewatch {version} from {count(polls.count)} polls (<code>{polls.fingerprint}</code>), calendars{" "}
      (<code>{calendars}</code>) and tags (<code>{tags}</code>). To check whether it comes out the same today, run{" "}
      <code class="long">deno task verify {reportId}</code>.
    </p>
  );
}
