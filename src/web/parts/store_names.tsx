import type { JSX } from "hono/jsx/jsx-runtime";
import type { KnownStores } from "../../db/stores/fleet_facts.ts";
import { count } from "../kit/numbers.ts";
import { StoreLink } from "./store_link.tsx";

interface StoreNamesProps {
  readonly total: number;
  /** The first of them. */
  readonly stores: readonly string[];
  readonly known?: KnownStores | undefined;
}

/** Links to the first stores, and how many more there are. */
export function StoreNames({ total, stores, known }: StoreNamesProps): JSX.Element {
  return (
    <>
      {stores.map((storeId, place) => (
        <>
          {place > 0 && ", "}
          <StoreLink storeId={storeId} name={known?.get(storeId)?.name} />
        </>
      ))}
      {total > stores.length && ` and ${count(total - stores.length)} more`}
    </>
  );
}
