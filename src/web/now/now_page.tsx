import type { Context } from "hono";
import type { Assets } from "../kit/asset.ts";
import type { WebDeps } from "../kit/deps.ts";
import { Layout } from "../kit/layout.tsx";
import { respond } from "../kit/respond.ts";
import { readTags } from "../tags/asked_tags.ts";
import { TagFault } from "../tags/tag_choices.tsx";
import { DownNow, statesOf } from "./down_now.tsx";

/** `GET /now`: what is down now, and nothing else. Other pages follow the live feed with it. */
export async function nowPage(c: Context, { sql, states }: WebDeps, assets: Assets): Promise<Response> {
  const view = await states.view();
  const { filter, fault } = readTags(new URL(c.req.url).searchParams);
  return await respond(
    <Layout assets={assets} title="Down now" latest={{ at: view.asOf }}>
      <h1 class="unseen">What is down now</h1>
      <TagFault fault={fault} />
      <DownNow states={await statesOf(sql, view, filter)} />
    </Layout>,
  );
}
