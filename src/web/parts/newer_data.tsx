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

interface ChangedCalendarsProps {
  readonly reportId: string;
  /** When a calendar last changed after the report began; undefined if none has. */
  readonly changedAt: Micros | undefined;
}

/** Says that calendars are not as they were, and offers the same report once more, up to the same time. */
export function ChangedCalendars({ reportId, changedAt }: ChangedCalendarsProps): JSX.Element | null {
  if (changedAt === undefined) return null;
  return (
    <div class="newer">
      <p>
        Business hours, special dates, exclusions or time zones changed since this report began, last on{" "}
        <Time at={changedAt} style="full" />.
      </p>
      <form method="post" action={`${reportAddress(reportId)}/renew`}>
        <button type="submit">Make this report again with these changes</button>
      </form>
    </div>
  );
}

/** Requests the same report again. */
export function TryAgain({ reportId }: { reportId: string }): JSX.Element {
  return (
    <form method="post" action={`${reportAddress(reportId)}/again`}>
      <button type="submit" class="main">Try again</button>
    </form>
  );
}
