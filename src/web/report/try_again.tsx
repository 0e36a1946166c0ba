import type { JSX } from "hono/jsx/jsx-runtime";
import { reportAddress } from "../kit/links.ts";

/** Requests the same report again. */
export function TryAgain({ reportId }: { reportId: string }): JSX.Element {
  return (
    <form method="post" action={`${reportAddress(reportId)}/again`}>
      <button type="submit" class="main">Try again</button>
    </form>
  );
}
