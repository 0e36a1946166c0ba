import type { JSX } from "hono/jsx/jsx-runtime";
import type { Report } from "../../db/reports/report.ts";
import { axisWords, METHOD_WORDS, observedWords } from "../kit/method_words.ts";
import { roughLength } from "../kit/numbers.ts";

/** How the numbers are made, for readers who have only the sheet. */
export function SheetMethod({ report }: { report: Report }): JSX.Element {
  const { request, tzdata } = report;
  const { title, says } = METHOD_WORDS[request.method];
  return (
    <section>
      <h2>How this is calculated</h2>
      <p>
        <b>{title}.</b> {says} {observedWords(request)}
      </p>
      <dl>
        {axisWords(request).map(([name, words]) => (
          <div>
            <dt>{name}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <p>
        <b>Between</b>{" "}
        shows the bounds of the true uptime. They hold if no store went down and came back between two polls that are at
        most {roughLength(request.staleAfter)}{" "}
        apart. Totals are sums of all stores' time, never means of percentages. Percentages are rounded down, upper
        bounds are rounded up.
        {tzdata !== undefined && ` Clock changes follow the time zone rules ${tzdata}.`}
      </p>
    </section>
  );
}
