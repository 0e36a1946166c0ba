import type { Context } from "hono";
import type { JSX } from "hono/jsx/jsx-runtime";
import { removeStore } from "../../actions/remove_store.ts";
import { changeContext } from "../kit/change_context.ts";
import type { WebDeps } from "../kit/deps.ts";
import { storeWords } from "../parts/store_link.tsx";
import { storeAddress } from "../kit/links.ts";

/** The button that removes a store, with a warning. */
export function RemoveStore({ storeId, name }: { storeId: string; name: string | undefined }): JSX.Element {
  return (
    <details class="remove">
      <summary>Remove this store</summary>
      <p>
        If this store exists by mistake, you can remove it with its polls, calendar, tags and time zone. This cannot be
        undone. Existing reports keep its rows. A later file or poll with this id creates the store again.
      </p>
      <form method="post" action={`${storeAddress(storeId)}/remove`}>
        <button type="submit">Remove store {storeWords(storeId, name)}</button>
      </form>
    </details>
  );
}

/** `POST /stores/{id}/remove`: leads to the list of stores. Undefined if there is no such store. */
export async function remove(c: Context, deps: WebDeps, storeId: string): Promise<Response | undefined> {
  const isRemoved = !storeId.includes("\0") && await removeStore(changeContext(c, deps), storeId);
  return isRemoved ? c.redirect("/stores", 303) : undefined;
}
