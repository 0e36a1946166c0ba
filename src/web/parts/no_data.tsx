import type { JSX } from "hono/jsx/jsx-runtime";

/** The paint of time without data. It needs `NoDataPattern` on the page. */
export const NO_DATA = "url(#no-data)";

/** The hatching of time without data, once a page. */
export function NoDataPattern(): JSX.Element {
  return (
    <svg class="unseen" width="0" height="0" aria-hidden="true">
      <defs>
        <pattern id="no-data" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="stripe" width="2" height="6" />
        </pattern>
      </defs>
    </svg>
  );
}

/** What the hatching means, for legends. */
export function NoDataKey(): JSX.Element {
  return (
    <span>
      <svg class="key gap" aria-hidden="true">
        <rect width="100%" height="100%" fill={NO_DATA} />
      </svg>
      No data
    </span>
  );
}
