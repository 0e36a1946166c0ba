import type { JSX } from "hono/jsx/jsx-runtime";
import type { ReportError } from "../../db/reports/chunks.ts";
import { storeAddress } from "../kit/links.ts";
import { counted } from "../kit/numbers.ts";

interface ReportErrorsProps {
  /** The first of them. */
  readonly errors: readonly ReportError[];
  readonly total: number;
}

/** Stores that could not be computed. */
export function ReportErrors({ errors, total }: ReportErrorsProps): JSX.Element {
  return (
    <section aria-labelledby="errors">
      <h2 id="errors">Without a row</h2>
      <p>
        {counted(total, "store")} could not be computed{total > errors.length && `. The first ${errors.length}`}:
      </p>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">Store</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {errors.map(({ storeId, reason }) => (
            <tr>
              <th scope="row">
                <a href={storeAddress(storeId)}>{storeId}</a>
              </th>
              <td>{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
