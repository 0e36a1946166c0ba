import type { Assets } from "../kit/asset.ts";
import type { WebDeps } from "../kit/deps.ts";
import { Layout } from "../kit/layout.tsx";
import { respond } from "../kit/respond.ts";
import { DownNow } from "./down_now.tsx";

/** `GET /now`: what is down now, and nothing else. Other pages follow the live feed with it. */
export async function nowPage({ states }: Pick<WebDeps, "states">, assets: Assets): Promise<Response> {
  const view = await states.view();
  return await respond(
    <Layout assets={assets} title="Down now" latest={{ at: view.asOf }}>
      <h1 class="unseen">What is down now</h1>
      <DownNow view={view} />
    </Layout>,
  );
}
