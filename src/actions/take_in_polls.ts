import type { LivePolls } from "../ingest/live_polls.ts";
import type { ActionContext } from "./context.ts";

/** Takes in the live polls that wait, all in one transaction. */
export async function takeInPolls({ sql }: ActionContext, live: LivePolls): Promise<void> {
  await live.merge(sql);
}
