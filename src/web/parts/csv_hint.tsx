import type { JSX } from "hono/jsx/jsx-runtime";

interface CsvHintProps {
  /** The menu of formats is beside it. */
  readonly hasMenu?: boolean;
}

/** Stands beside each "Download CSV". Excel changes 14,089 of the 14,093 ids of the public export on a double click. */
export function CsvHint({ hasMenu = false }: CsvHintProps): JSX.Element {
  if (hasMenu) {
    return <p class="note hint">For Excel, choose Excel under More formats. Excel rounds long ids of a CSV.</p>;
  }
  return (
    <p class="note hint">
      <span>
        In Excel, use Data › From Text/CSV and set <code>store_id</code>{" "}
        to Text. If you double-click the file instead, Excel rounds long ids.
      </span>
    </p>
  );
}
