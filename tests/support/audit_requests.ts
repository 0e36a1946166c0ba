import { z } from "@hono/zod-openapi";
import { show } from "./calendar_requests.ts";
import type { TestService } from "./http_service.ts";

/** An entry of the audit, as `GET /audit` has it. */
const Entry = z.object({
  audit_id: z.number(),
  at: z.string(),
  actor: z.string(),
  request_id: z.string().nullable(),
  action: z.string(),
  subject: z.string().nullable(),
  stores_total: z.number().nullable(),
  stores: z.array(z.string()).nullable(),
  for_any_store: z.boolean(),
  where: z.unknown(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
});
const Page = z.object({ changes: z.array(Entry), next_cursor: z.string().nullable() });

export async function pageOf({ app }: TestService, query = ""): Promise<z.output<typeof Page>> {
  return Page.parse((await show(app, `/audit${query}`)).json);
}

/** All entries, the latest first, read page by page. */
export async function entriesOf(service: TestService, query = "", limit = 100): Promise<z.output<typeof Entry>[]> {
  const entries: z.output<typeof Entry>[] = [];
  for (let cursor = "";;) {
    const { changes, next_cursor } = await pageOf(service, `?limit=${limit}${query}${cursor}`);
    entries.push(...changes);
    if (next_cursor === null) return entries;
    cursor = `&cursor=${next_cursor}`;
  }
}
