import type { JSX } from "hono/jsx/jsx-runtime";
import type { NamedStore } from "../../db/stores/fleet_facts.ts";
import { uptimeRatio } from "../../domain/measures/percentage.ts";
import type { TrendSums } from "../../domain/trends/trend_sums.ts";
import type { StoreSums } from "../../trends/trend.ts";
import { ShareBar } from "../parts/share_bar.tsx";
import { StoreLink } from "../parts/store_link.tsx";
import { hourWords, observedWords, uptimeWords } from "./trend_words.ts";

/** The stores that lost most, worst first; equals in the order of keys. */
export function worstOf(stores: readonly StoreSums[], most: number): StoreSums[] {
  return stores.filter(({ down }) => down > 0)
    .sort((a, b) => b.down - a.down || a.storeKey - b.storeKey)
    .slice(0, most);
}

interface TrendStoresProps {
  readonly stores: readonly StoreSums[];
  readonly named: ReadonlyMap<number, NamedStore>;
  readonly hrefOf: (store: NamedStore) => string;
}

/** Stores with what they lost. */
export function TrendStores({ stores, named, hrefOf }: TrendStoresProps): JSX.Element {
  if (stores.length === 0) return <p class="quiet">No store lost any time.</p>;
  return (
    <table class="list trend-stores">
      <thead>
        <tr>
          <th scope="col">Store</th>
          <th scope="col" class="numeric">Hours down</th>
          <th scope="col" class="wide"></th>
          <th scope="col" class="numeric">Uptime</th>
          <th scope="col" class="numeric wide">Observed</th>
        </tr>
      </thead>
      <tbody>
        {stores.map((sums) => {
          const store = named.get(sums.storeKey);
          return store === undefined ? null : <StoreRow sums={asSums(sums)} store={store} href={hrefOf(store)} />;
        })}
      </tbody>
    </table>
  );
}

function asSums({ scheduled, up, down }: StoreSums): TrendSums {
  return { scheduled: BigInt(scheduled), up: BigInt(up), down: BigInt(down), storeDays: 1 };
}

function StoreRow({ sums, store, href }: { sums: TrendSums; store: NamedStore; href: string }): JSX.Element {
  return (
    <tr>
      <th scope="row">
        <StoreLink storeId={store.storeId} name={store.name} href={href} />
      </th>
      <td class="numeric">{hourWords(sums.down)}</td>
      <td class="wide">
        <ShareBar share={uptimeRatio(sums)} />
      </td>
      <td class="numeric">{uptimeWords(sums)}</td>
      <td class="numeric wide">{observedWords(sums)}</td>
    </tr>
  );
}
