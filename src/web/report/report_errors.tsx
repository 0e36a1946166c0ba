import type { JSX } from "hono/jsx/jsx-runtime";
import type { ReportError } from "../../db/reports/chunks.ts";
import { storeAddress } from "../kit/links.ts";
import { counted } from "../kit/numbers.ts";

interface ReportErrorsProps {
  /** The first of them. */
  readonly errors: readonly ReportError[];
  readonly total: number;
}

/** Stores that the report could not compute. */
export function ReportErrors({ errors, total }: ReportErrorsProps): JSX.Element {
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
