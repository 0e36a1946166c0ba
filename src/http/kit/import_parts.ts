import type { z } from "@hono/zod-openapi";
import type { Warning } from "../../domain/warning.ts";
import type { WarningJson } from "./schemas.ts";

/** Where the rejected rows of an import are. */
export function rejectsUrl(importId: string): string {
  return `/imports/${importId}/rejects.csv`;
}

/** A warning of an import or a report, as clients read it. */
export function warningJson({ code, message, storesTotal, stores }: Warning): z.output<typeof WarningJson> {
  return { code, message, stores_total: storesTotal, stores: [...stores] };
}
