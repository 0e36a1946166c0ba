import type { Assets } from "./asset.ts";
import type { WebDeps } from "./deps.ts";
import { latestKnown } from "./latest_known.ts";
import { MessagePage } from "./message_page.tsx";
import { respond } from "./respond.ts";

/** A problem, as programs get it (RFC 9457). */
export interface ProblemText {
  readonly type: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string;
}

const NOT_FOUND = "/problems/not-found";

/** Shows a problem to people, without the latest poll if that is not theirs to see (`deps` is undefined). The service's own trouble may be its database, which is not asked again then for the latest poll. */
export async function problemPage(
  deps: Pick<WebDeps, "states"> | undefined,
  assets: Assets,
  { type, status, title, detail, requestId }: ProblemText,
): Promise<Response> {
  const latest = deps !== undefined && status < 500 ? await latestKnown(deps) : undefined;
  return await respond(
    <MessagePage assets={assets} title={type === NOT_FOUND ? "Page not found" : title} latest={latest}>
      <p class="lead">{type === NOT_FOUND ? "Check the address, or start from the overview" : detail}.</p>
      <p class="note">
        Status {status}. If you report this problem, quote the request id: <code>{requestId}</code>
      </p>
    </MessagePage>,
    status,
  );
}
