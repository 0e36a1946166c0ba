import type { JSX } from "hono/jsx/jsx-runtime";

/** The paints of time that a special date or an exclusion leaves out. They need `CalendarPatterns` on the page. */
export const SPECIAL = "url(#special-time)";
export const EXCLUDED = "url(#excluded-time)";

/** The hatchings, once a page. They differ from each other, and from that of time without data, without colours. */
export function CalendarPatterns(): JSX.Element {
  return (
    <svg class="unseen" width="0" height="0" aria-hidden="true">
      <defs>
        <pattern id="special-time" width="7" height="7" patternUnits="userSpaceOnUse">
          <circle class="dot" cx="2" cy="2" r="1.4" />
          <circle class="dot" cx="5.5" cy="5.5" r="1.4" />
        </pattern>
        <pattern id="excluded-time" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="cross" width="8" height="1.6" />
          <rect class="cross" width="1.6" height="8" />
        </pattern>
      </defs>
    </svg>
  );
}

/** What the hatchings mean, for legends. */
export function CalendarKeys(): JSX.Element {
  return (
    <>
      <Key paint={SPECIAL} words="special date" />
      <Key paint={EXCLUDED} words="excluded" />
    </>
  );
}

function Key({ paint, words }: { paint: string; words: string }): JSX.Element {
  return (
    <span>
      <svg class="key gap" aria-hidden="true">
        <rect width="100%" height="100%" fill={paint} />
      </svg>
      {words}
    </span>
  );
}
