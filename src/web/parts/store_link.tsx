import type { JSX } from "hono/jsx/jsx-runtime";
import { storeAddress } from "../kit/links.ts";

interface StoreLinkProps {
  readonly storeId: string;
  readonly name: string | undefined;
  readonly href?: string;
}

/** A link to a store: its name, and its id small beside it. A store without a name has only its id. */
export function StoreLink({ storeId, name, href = storeAddress(storeId) }: StoreLinkProps): JSX.Element {
  if (name === undefined) return <a href={href}>{storeId}</a>;
  return (
    <>
      <a href={href}>{name}</a> <small class="store-id">{storeId}</small>
    </>
  );
}

/** A store in the text of a title: `Burger Yard (815…)`, or its id. */
export function storeWords(storeId: string, name: string | undefined): string {
  return name === undefined ? storeId : `${name} (${storeId})`;
}

/** The heading of a page about one store. */
export function StoreHeading({ storeId, name }: Omit<StoreLinkProps, "href">): JSX.Element {
  if (name === undefined) return <h1 class="id">{storeId}</h1>;
  return (
    <div class="named">
      <h1>{name}</h1>
      <p class="id quiet">{storeId}</p>
    </div>
  );
}
