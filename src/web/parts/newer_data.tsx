import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Micros } from "../../domain/time/interval.ts";
import { reportAddress } from "../kit/links.ts";
import { Time } from "../kit/time.tsx";

interface NewerDataProps {
  /** What the page shows ends here. */
  readonly asOf: Micros | undefined;
  readonly latest: Micros | undefined;
}

/** Says that there are newer polls than a page shows, and offers them. Empty otherwise, so that a page can fill it while it is open. */
export function NewerData({ asOf, latest, children }: NewerDataProps & { readonly children?: Child }): JSX.Element {
  const isOld = asOf !== undefined && latest !== undefined && latest > asOf;
  return (
    <div id="newer" data-live>
      {isOld && (
        <div class="newer">
          <p>
            There are newer polls, up to <Time at={latest} style="full" />.
          </p>
          {children}
        </div>
      )}
    </div>
  );
}

/** Asks for a report of the same settings up to the latest poll. */
export function UpdateReport({ reportId, ...data }: NewerDataProps & { readonly reportId: string }): JSX.Element {
  return (
    <NewerData {...data}>
      <form method="post" action={`${reportAddress(reportId)}/update`}>
        <button type="submit">Make this report with the newest data</button>
      </form>
    </NewerData>
  );
}
