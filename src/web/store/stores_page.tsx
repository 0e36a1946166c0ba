import type { Context } from "hono";
import { findStoreId, listStores } from "../../db/stores/store_list.ts";
import { DEFAULT_TIMEZONE } from "../../domain/time/timezone.ts";
import type { Assets } from "../kit/asset.ts";
import type { WebDeps } from "../kit/deps.ts";
import { Layout } from "../kit/layout.tsx";
import { storeAddress } from "../kit/links.ts";
import { respond } from "../kit/respond.ts";

const PAGE = 100;

/** `GET /stores` for browsers: stores in the order of ids, or those whose id has a text in it. A whole id leads to its store. */
export async function storesPage(c: Context, { sql }: WebDeps, assets: Assets): Promise<Response> {
  const containing = plain(c.req.query("q"));
  const after = plain(c.req.query("after"));
  const storeId = containing === "" || after !== "" ? undefined : await findStoreId(sql, containing);
  if (storeId !== undefined) return c.redirect(storeAddress(storeId), 303);
  const found = await listStores(sql, { containing, after, limit: PAGE + 1 });
  const stores = found.slice(0, PAGE);
  const last = found.length > PAGE ? stores.at(-1) : undefined;
  return await respond(
    <Layout
      assets={assets}
      title={containing === "" ? "Stores" : `“${containing}” · Stores`}
      here="stores"
      q={containing}
    >
      <h1>{containing === "" ? "Stores" : `Stores with “${containing}” in their id`}</h1>
      {stores.length === 0
        ? (
          <p class="lead">
            {containing === "" ? "There are none yet: load some files first." : "No store has this in its id."}
          </p>
        )
        : (
          <ul class="stores">
            {stores.map(({ storeId, timezone = DEFAULT_TIMEZONE }) => (
              <li>
                <a href={storeAddress(storeId)}>{storeId}</a> <span class="quiet">{timezone}</span>
              </li>
            ))}
          </ul>
        )}
      {last && (
        <p>
          <a href={`/stores?${new URLSearchParams({ q: containing, after: last.storeId })}`}>More stores</a>
        </p>
      )}
    </Layout>,
  );
}

/** Postgres cannot take a NUL. */
function plain(text: string | undefined): string {
  return (text ?? "").replaceAll("\0", "").trim().slice(0, 64);
}
