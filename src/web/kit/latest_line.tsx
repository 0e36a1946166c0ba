import type { JSX } from "hono/jsx/jsx-runtime";
import { formatInstant } from "../../domain/time/instant.ts";
import type { Micros } from "../../domain/time/interval.ts";
import { ageWords, clock } from "./age.ts";
import { utcTime } from "./time.tsx";

/** `Latest poll: 2023-01-25 18:13 UTC, 2 years ago`. Pages follow it while they are open. */
export function LatestLine({ latest }: { latest: Micros | undefined }): JSX.Element {
  return (
    <p class="latest" id="latest-poll" data-live data-latest={latest}>
      {latest === undefined ? "No polls yet" : (
        <>
          Latest poll:{" "}
          <time datetime={formatInstant(latest)} title={utcTime(latest)}>
            {minuteOf(latest)} UTC
          </time>, {ageWords(latest, clock())}
        </>
      )}
    </p>
  );
}

function minuteOf(at: Micros): string {
  return formatInstant(at).slice(0, 16).replace("T", " ");
}
