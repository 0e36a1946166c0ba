import type { JSX } from "hono/jsx/jsx-runtime";

/** What the ticks of polls mean, for legends. */
export function PollsKey(): JSX.Element {
  return (
    <span>
      <svg class="key" viewBox="0 0 12 12" aria-hidden="true">
        <line class="tick active" x1="3" x2="3" y1="4" y2="12" />
        <line class="tick inactive" x1="9" x2="9" y1="0" y2="12" />
      </svg>
      polls, active and inactive
    </span>
  );
}
