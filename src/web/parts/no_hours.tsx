import type { JSX } from "hono/jsx/jsx-runtime";
import type { KnownOfStore } from "../../db/stores/fleet_facts.ts";

/** Marks a store whose hours are not known. A store that is gone is not marked. */
export function NoHours({ known }: { known: KnownOfStore | undefined }): JSX.Element | null {
  return known?.hasHours === false ? <small class="sure">no hours known: treated as open 24/7</small> : null;
}
