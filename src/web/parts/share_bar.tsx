import type { JSX } from "hono/jsx/jsx-runtime";

/** A share from 0 to 1 as a bar. Screen readers skip it, because the number stands beside it. */
export function ShareBar({ share }: { share: number | undefined }): JSX.Element {
  const known = share !== undefined && !Number.isNaN(share);
  const up = known ? Math.round(share * 1000) / 10 : 0;
  return (
    <svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      <rect class={known ? "down" : "closed"} width="100" height="1" />
      <rect class="up" width={up} height="1" />
    </svg>
  );
}
