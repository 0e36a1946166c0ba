import type { Sql } from "../../db/connection/client.ts";
import { latestPoll } from "../../db/polls/latest_poll.ts";
import { hasPollsBefore } from "../../db/polls/count_polls.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import { pollLimits } from "../../domain/polls/poll_limits.ts";
import type { Log } from "../../log.ts";

/** Polls that were taken in before there were limits stay. Somebody has to know of them. */
export async function warnOfUnbelievablePolls(sql: Sql, maxPollAhead: string, log: Log): Promise<void> {
  const { earliest, latest } = pollLimits(Date.now() * 1000, maxPollAhead);
  const last = await latestPoll(sql);
  if (last !== undefined && last > latest) {
    log("warn", "polls ahead of the clock", {
      latest_poll: formatInstant(last),
      believed_until: formatInstant(latest),
      advice: `Reports take the latest poll as now. Remove them: deno task retain --after ${formatInstant(latest)}`,
    });
  }
  if (await hasPollsBefore(sql, earliest)) {
    log("warn", "polls before 2000", { advice: "Remove them: deno task retain --before 2000-01-01" });
  }
}
