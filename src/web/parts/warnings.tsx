import type { JSX } from "hono/jsx/jsx-runtime";
import type { KnownStores } from "../../db/stores/fleet_facts.ts";
import type { Warning } from "../../domain/warning.ts";
import { StoreNames } from "./store_names.tsx";

interface WarningsProps {
  readonly warnings: readonly Warning[];
  readonly known?: KnownStores | undefined;
}

/** What you should know before you trust the numbers. */
export function Warnings({ warnings, known }: WarningsProps): JSX.Element | null {
  if (warnings.length === 0) return null;
  return (
    <ul class="warnings" aria-label="Warnings">
      {warnings.map(({ message, storesTotal, stores }) => (
        <li class="trouble">
          {message}.
          {stores.length > 0 && (
            <details>
              <summary>Show stores</summary>
              <p>
                <StoreNames total={storesTotal} stores={stores} known={known} />
              </p>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
