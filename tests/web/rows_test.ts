import assert from "node:assert/strict";
import { measuresWith, NO_TEXTS } from "../support/row.ts";
import { HOUR } from "../../src/domain/time/interval.ts";
import { ResultColumns } from "../../src/domain/measures/result.ts";
import { binShares } from "../../src/web/overview/bins.ts";
import { readRowQuery, rowAddress } from "../../src/web/report/row_query.ts";
import { selectRows, sortable, type SortableRows } from "../../src/web/report/row_selection.ts";

/** A report of stores with so many hours up and down in the week. */
function report(stores: Record<string, [number, number]>): SortableRows {
  const result = new ResultColumns(["last_week"], 10);
  for (const [id, [up, down]] of Object.entries(stores)) {
    result.add(id, [measuresWith({ up: up * HOUR, down: down * HOUR })], NO_TEXTS);
  }
  return sortable(result);
}

const THREE = report({ "1": [10, 0], "2": [5, 5], "3": [0, 0], "4": [1, 9], "5": [5, 5] });

function found(query: string, closed: string[] = []): string[] {
  const rowQuery = readRowQuery(new URLSearchParams(query));
  const filters = { inZone: undefined, closed: new Set(closed) };
  return Array.from(selectRows(THREE, rowQuery, filters), (place) => THREE.result.storeIds[place] ?? "");
}

Deno.test("what lost most comes first; equals are in the order of their ids", () => {
  assert.deepEqual(found(""), ["4", "2", "5", "1", "3"]);
  assert.deepEqual(found("sort=store_id&dir=desc"), ["5", "4", "3", "2", "1"]);
});

Deno.test("a store of which nothing was judged comes last, whichever way shares are sorted", () => {
  assert.deepEqual(found("sort=share&dir=asc"), ["4", "2", "5", "1", "3"]);
  assert.deepEqual(found("sort=share&dir=desc"), ["1", "2", "5", "4", "3"]);
});

Deno.test("bounds of uptime have their start and not their end", () => {
  assert.deepEqual(found("min=50&max=100"), ["2", "5"]);
  assert.deepEqual(found("min=100"), ["1"]);
  assert.deepEqual(found("max=50"), ["4"]);
});

Deno.test("closed stores are left out if asked for, and a part of the id finds a store", () => {
  assert.deepEqual(found("open=1", ["2", "4"]), ["5", "1", "3"]);
  assert.deepEqual(found("q=4"), ["4"]);
});

Deno.test("stores are sorted and filtered by the observed share of their week; without hours there is no share", () => {
  const hours = { a: [10, 5], b: [10, 10], c: [10, 0], d: [0, 0] };
  const result = new ResultColumns(["last_week"], 4);
  for (const [id, [scheduled = 0, observed = 0]] of Object.entries(hours)) {
    const measures = measuresWith({ scheduled: scheduled * HOUR, observed: observed * HOUR });
    result.add(id, [measures], NO_TEXTS);
  }
  const rows = sortable(result);
  const ids = (query: string) => {
    const places = selectRows(rows, readRowQuery(new URLSearchParams(query)), { inZone: undefined, closed: undefined });
    return Array.from(places, (place) => result.storeIds[place]).join("");
  };
  assert.equal(ids("sort=observed&dir=desc"), "bacd");
  assert.equal(ids("sort=observed&dir=asc"), "cabd");
  assert.equal(ids("observed_min=50"), "ab");
  assert.equal(ids("observed_max=50"), "c");
  assert.equal(ids("observed_min=50&observed_max=100"), "a");
  assert.equal(ids("silent=1"), "c");
  const address = "/r?observed_min=5&observed_max=50.5&silent=1&sort=observed&dir=asc";
  assert.equal(rowAddress("/r", readRowQuery(new URLSearchParams(address.slice(3)))), address);
});

Deno.test("what cannot be understood in an address is passed over", () => {
  assert.deepEqual(found("sort=name&min=x&max=101&page=-1"), found(""));
});

Deno.test("an address says what was asked for, and a change leads to the first page", () => {
  const query = readRowQuery(new URLSearchParams("q=a%26b&sort=share&dir=asc&page=3"));
  assert.equal(rowAddress("/r", query, { page: 4 }), "/r?q=a%26b&sort=share&dir=asc&page=4");
  assert.equal(rowAddress("/r", query, { q: "" }), "/r?sort=share&dir=asc");
  assert.equal(rowAddress("/r", readRowQuery(new URLSearchParams())), "/r");
});

Deno.test("each store is in one column of the histogram, but for those of which nothing was judged", () => {
  const bins = binShares(Float64Array.from([0, 0.4999, 0.5, 0.98, 0.99999, 1, 1, NaN]));
  const filled = bins.filter(({ stores }) => stores > 0).map(({ min, max, stores }) => [min, max, stores]);
  assert.deepEqual(filled, [[0, 50, 2], [50, 60, 1], [98, 99, 1], [99, 100, 1], [100, 100, 2]]);
});

Deno.test("an id is found in any letter case", () => {
  const rows = report({ "Ost-ÄÖ": [1, 0], "West": [1, 0] });
  const query = readRowQuery(new URLSearchParams("q=ost-äö"));
  const places = selectRows(rows, query, { inZone: undefined, closed: undefined });
  assert.deepEqual([...places], [0]);
});
