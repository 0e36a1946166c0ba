import type { ReportRequest } from "../../domain/report_request.ts";
import type { Fragment, Transaction } from "../connection/client.ts";
import { hasTags } from "../stores/chosen_stores.ts";

/** Which stores are put together, and by which tags. */
type Grouped = Pick<ReportRequest, "where" | "groupBy">;

/** How many groups some stores make by their tags. Counts no further than `most`. */
export async function countGroups(tx: Transaction, { where, groupBy }: Grouped, most: number): Promise<number> {
  const values = groupBy.reduce<Fragment>((before, key) => tx`${before}, tags ->> ${key}`, tx`1`);
  const [row] = await tx<{ groups: number }[]>`
    select count(*)::integer as groups
    from (select distinct ${values} from stores where true ${hasTags(tx, where)} limit ${most}) grouped`;
  return row?.groups ?? 0;
}
