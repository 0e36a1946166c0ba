import type { JSX } from "hono/jsx/jsx-runtime";
import { storeAddress } from "../kit/links.ts";
import { count } from "../kit/numbers.ts";

interface StoreNamesProps {
  readonly total: number;
  /** The first of them. */
  readonly stores: readonly string[];
}

/** Links to the first stores, and how many more there are. */
export function StoreNames({ total, stores }: StoreNamesProps): JSX.Element {
  return (
    <>
      {stores.map((storeId, place) => (
        <>
          {place > 0 && ", "}
          <a href={storeAddress(storeId)}>{storeId}</a>
        </>
      ))}
      {total > stores.length && ` and ${count(total - stores.length)} more`}
    </>
  );
}
