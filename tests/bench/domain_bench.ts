// `deno bench`: the pure heart, without database, threads and files. One iteration is one store's week, so that
// iterations a second are rows a second.
import { csvRow, reportRow } from "../support/row.ts";
import { HOUR, MINUTE } from "../../src/domain/time/interval.ts";
import { METHOD_NAMES, METHODS } from "../../src/domain/method.ts";
import type { StoreFacts } from "../../src/domain/measures/store_time.ts";
import { openTimezone } from "../../src/domain/time/timezone.ts";
import { columns, everyDay, instant, weekly } from "../support/build.ts";
import { RULES } from "../support/rules.ts";

const AS_OF = instant("18:13:22.47922");
const STORES = 100;
const POLLS = 130;
/** One for all of them, since a worker keeps its zones. */
const CHICAGO = openTimezone("America/Chicago", RULES);

/** Stores like those of the sample: 130 polls in eight days, one in sixteen inactive, hours that differ. */
const FLEET: readonly StoreFacts[] = Array.from({ length: STORES }, (_, store) => ({
  rules: { timezone: CHICAGO, ...weekly(everyDay(`0${5 + store % 5}:00`, `${17 + store % 7}:30`)) },
  polls: columns(Array.from({ length: POLLS }, (_, poll) => ({
    at: AS_OF - Math.floor((POLLS - poll) * 192 / POLLS * HOUR) + (store * 7919 + poll * 104_729) % MINUTE,
    status: (store + poll) % 16 === 0 ? "inactive" as const : "active" as const,
  }))),
}));

let next = 0;
function nextStore(): StoreFacts {
  const store = FLEET[next++ % STORES];
  if (store === undefined) throw new RangeError("There are no stores");
  return store;
}

for (const name of METHOD_NAMES) {
  Deno.bench(`a store's week, ${name}`, { group: "row", baseline: name === "step" }, () => {
    reportRow(nextStore(), AS_OF, METHODS[name]);
  });
}

const ROW = reportRow(nextStore(), AS_OF, METHODS.step);
Deno.bench("a line of CSV", () => void csvRow("8139926242460185114", ROW, 2));
