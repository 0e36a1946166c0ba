import type { Sql } from "../../db/connection/client.ts";
import { latestPoll } from "../../db/polls/latest_poll.ts";
import { hasPollsBefore } from "../../db/polls/count_polls.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import { pollLimits } from "../../domain/polls/poll_limits.ts";
import type { Log } from "../../log.ts";

/** Polls that are older than the limits stay in the database, so the log warns of them. */
export async function warnOfUnbelievablePolls(sql: Sql, maxPollAhead: string, log: Log): Promise<void> {
  const { earliest, latest } = pollLimits(Date.now() * 1000, maxPollAhead);
  const last = await latestPoll(sql);
  if (last !== undefined && last > latest) {
    log("warn", "polls ahead of the clock", {
      latest_poll: formatInstant(last),
      believed_until: formatInstant(latest),
      advice:
        `Reports end at the latest poll, so these polls shift every report. Remove them: deno task retain --after ${
          formatInstant(latest)
        }`,
    });
  }
  if (await hasPollsBefore(sql, earliest)) {
    log("warn", "polls before 2000", { advice: "Remove them: deno task retain --before 2000-01-01" });
  }
}
