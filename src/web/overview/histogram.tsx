import type { JSX } from "hono/jsx/jsx-runtime";
import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import type { WindowName } from "../../domain/time/asked_window.ts";
import { inWindow } from "../../domain/time/window_words.ts";
import { count } from "../kit/numbers.ts";
import { withTags } from "../tags/asked_tags.ts";
import { type Bin, binShares } from "./bins.ts";

interface HistogramProps {
  readonly shares: Float64Array;
  readonly window: WindowName;
  /** The page that shows the stores. */
  readonly href: string;
  readonly filter: TagFilter | undefined;
}

/** How many stores had how much uptime in a window. Each column links to its stores. */
export function Histogram({ shares, window, href, filter }: HistogramProps): JSX.Element {
  const bins = binShares(shares);
  const most = Math.max(1, ...bins.map(({ stores }) => stores));
  return (
    <section aria-labelledby="histogram">
      <h2 id="histogram">Stores by uptime {inWindow(window)}</h2>
      <ol class="histogram">
        {bins.map((bin) => (
          <Column
            bin={bin}
            height={bin.stores / most}
            href={withTags(`${href}?min=${bin.min}${bin.min === 100 ? "" : `&max=${bin.max}`}`, filter)}
          />
        ))}
      </ol>
      <p class="note">Uptime in percent of business hours. Select a column to see its stores.</p>
    </section>
  );
}

function Column({ bin: { min, max, stores }, height, href }: { bin: Bin; height: number; href: string }): JSX.Element {
  const isAll = min === 100;
  // A column of one store must stay visible beside one of 10,000.
  const shown = stores === 0 ? 0 : Math.max(1, Math.round(height * 100));
  return (
    <li>
      <a href={href}>
        <span class={stores === 0 ? "stores quiet" : "stores"}>{count(stores)}</span>
        <span class="unseen">{stores === 1 ? "store with" : "stores with"}</span>
        <svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true">
          <rect class={isAll ? "up" : "part"} y={100 - shown} width="10" height={shown} />
        </svg>
        <span class="range">{min}{!isAll && <span class="to" aria-hidden="true">–{max}</span>}</span>
        <span class="unseen">{isAll ? "percent" : `to under ${max} percent`}</span>
      </a>
    </li>
  );
}
