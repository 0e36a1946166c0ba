import type { Assets } from "./asset.ts";
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

/** Shows a problem to people. */
export async function problemPage(
  assets: Assets,
  { type, status, title, detail, requestId }: ProblemText,
): Promise<Response> {
  return await respond(
    <MessagePage assets={assets} title={type === NOT_FOUND ? "Page not found" : title}>
      <p class="lead">{type === NOT_FOUND ? "Check the address, or start from the overview" : detail}.</p>
      <p class="note">
        Status {status}. If you report this problem, quote the request id: <code>{requestId}</code>
      </p>
    </MessagePage>,
    status,
  );
}
