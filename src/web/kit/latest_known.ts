import type { WebDeps } from "./deps.ts";
import type { LayoutProps } from "./layout.tsx";

/** The latest poll for the head of a page that shows no data. Undefined if it cannot be read: the page is worth more. */
export async function latestKnown({ states }: Pick<WebDeps, "states">): Promise<LayoutProps["latest"]> {
  return await states.view().then(({ asOf }) => ({ at: asOf }), () => undefined);
}
