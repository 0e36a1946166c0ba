import type { Assets } from "./asset.ts";
import { MessagePage } from "./message_page.tsx";
import { respond } from "./respond.ts";

/** What the service says to programs when something cannot be done (RFC 9457). */
export interface ProblemText {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string;
}

/** Says the same to people. */
export async function problemPage(
  assets: Assets,
  { status, title, detail, requestId }: ProblemText,
): Promise<Response> {
  return await respond(
    <MessagePage assets={assets} title={title}>
      {status !== 404 && <p class="lead">{detail}.</p>}
      <p class="note">
        Status {status}. If you ask about it, name the request: <code>{requestId}</code>
      </p>
    </MessagePage>,
    status,
  );
}
