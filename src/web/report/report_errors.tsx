import type { JSX } from "hono/jsx/jsx-runtime";
import type { KnownStores } from "../../db/stores/fleet_facts.ts";
import type { ReportError } from "../../db/reports/chunks.ts";
import { StoreLink } from "../parts/store_link.tsx";
import { counted } from "../kit/numbers.ts";

interface ReportErrorsProps {
  /** The first of them. */
  readonly errors: readonly ReportError[];
  readonly total: number;
  readonly known: KnownStores;
}

/** Stores that the report could not compute. */
export function ReportErrors({ errors, total, known }: ReportErrorsProps): JSX.Element {
  return (
    <section aria-labelledby="errors">
      <h2 id="errors">Stores without a result</h2>
      <p>
        {counted(total, "store")}{" "}
        could not be computed{total > errors.length && `. These are the first ${errors.length}`}:
      </p>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">Store</th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {errors.map(({ storeId, reason }) => (
            <tr>
              <th scope="row">
                <StoreLink storeId={storeId} name={known.get(storeId)?.name} />
              </th>
              <td>{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
