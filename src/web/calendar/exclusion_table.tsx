import type { JSX } from "hono/jsx/jsx-runtime";
import type { StoredExclusion } from "../../db/calendars/exclusions.ts";
import type { Holder } from "../../db/calendars/holders.ts";
import type { Timezone } from "../../domain/time/timezone.ts";
import { counted } from "../kit/numbers.ts";
import { Time } from "../kit/time.tsx";
import { StoreLink } from "../parts/store_link.tsx";
import { actorWords, endsOf, KIND_WORDS } from "./calendar_words.ts";

interface ExclusionTableProps {
  readonly exclusions: readonly StoredExclusion[];
  /** The zone of the store; undefined if the table is not about one store. */
  readonly zone?: Timezone | undefined;
  readonly label: string;
  /** Where an exclusion is withdrawn or changed. */
  readonly addresses: ExclusionAddresses;
  /** The stores of exclusions that are for few. */
  readonly holders?: ReadonlyMap<string, readonly Holder[]>;
}

export interface ExclusionAddresses {
  /** Where a form is sent that withdraws it, and one that changes it. */
  withdraw(exclusionId: string): string;
  save(exclusionId: string): string;
  /** The page with the form that changes it. */
  change(exclusionId: string): string;
}

/** Exclusions: when, why, for which stores, who made them and withdrew them. */
export function ExclusionTable({ exclusions, zone, label, addresses, holders }: ExclusionTableProps): JSX.Element {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={label}>
      <table class="list exclusions">
        <thead>
          <tr>
            <th scope="col">Reason</th>
            <th scope="col">When</th>
            <th scope="col">Stores</th>
            <th scope="col">Made</th>
            <th scope="col">
              <span class="unseen">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {exclusions.map((each) => (
            <Row exclusion={each} zone={zone} addresses={addresses} holders={holders?.get(each.exclusionId)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly exclusion: StoredExclusion;
  readonly zone: Timezone | undefined;
  readonly addresses: ExclusionAddresses;
  readonly holders: readonly Holder[] | undefined;
}

function Row({ exclusion, zone, addresses, holders }: RowProps): JSX.Element {
  const { kind, reason, madeAt, madeBy, withdrawnAt } = exclusion;
  const { from, to } = endsOf(exclusion, zone);
  return (
    <tr id={`exclusion-${exclusion.exclusionId}`} class={withdrawnAt === undefined ? undefined : "withdrawn"}>
      <th scope="row" class="value">
        {reason === "" ? "No reason given" : reason}
        <small>{KIND_WORDS[kind]}</small>
      </th>
      <td>
        {from} <small>to {to}</small>
      </td>
      <td class="holders">{holders === undefined ? storesWords(exclusion) : <Holders stores={holders} />}</td>
      <td class="quiet">
        <Time at={madeAt} style="short" /> <small>{actorWords(madeBy)}</small>
      </td>
      <td class="actions">
        {withdrawnAt === undefined
          ? <Actions exclusion={exclusion} addresses={addresses} />
          : <Withdrawn exclusion={exclusion} />}
      </td>
    </tr>
  );
}

function Holders({ stores }: { stores: readonly Holder[] }): JSX.Element {
  return (
    <>
      {stores.map(({ storeId, name }) => (
        <div>
          <StoreLink storeId={storeId} name={name} />
        </div>
      ))}
    </>
  );
}

function storesWords({ isForAll, storesTotal }: StoredExclusion): string {
  return isForAll ? "all stores" : counted(storesTotal, "store");
}

function Actions({ exclusion, addresses }: Pick<RowProps, "exclusion" | "addresses">): JSX.Element {
  const { exclusionId, reason, isForAll, storesTotal } = exclusion;
  return (
    <form method="post" action={addresses.withdraw(exclusionId)}>
      <a class="button" href={addresses.change(exclusionId)}>
        Change<span class="unseen">“{reason}”</span>
      </a>{" "}
      <button type="submit">
        Withdraw{isForAll || storesTotal > 1 ? ` for ${storesWords(exclusion)}` : ""}
        <span class="unseen">“{reason}”</span>
      </button>
    </form>
  );
}

function Withdrawn({ exclusion: { withdrawnAt = 0, withdrawnBy } }: { exclusion: StoredExclusion }): JSX.Element {
  return (
    <span class="quiet">
      withdrawn <Time at={withdrawnAt} style="short" />
      {withdrawnBy !== undefined && <small>{actorWords(withdrawnBy)}</small>}
    </span>
  );
}
