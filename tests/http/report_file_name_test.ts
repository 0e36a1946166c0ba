import assert from "node:assert/strict";
import { DEFAULT_REQUEST, type ReportRequest } from "../../src/domain/report_request.ts";
import { attachment } from "../../src/http/answers/attachment.ts";
import { reportFileName, type ReportPart } from "../../src/http/answers/report_file_name.ts";
import { instant } from "../support/build.ts";

const AS_OF = instant("2026-11-25 18:13:59");

function nameOf(request: Partial<ReportRequest>, part: ReportPart = "report.xlsx"): string {
  return reportFileName({ asOf: AS_OF, request: { ...DEFAULT_REQUEST, ...request } }, part);
}

Deno.test("the name of a report's file says which window, or until when, which stores and which groups", () => {
  const week = ["2026-W43"];
  assert.equal(nameOf({ windows: week, groupBy: ["region"] }), "storewatch-2026-W43-by-region.xlsx");
  assert.equal(nameOf({ windows: week, groupBy: ["region", "brand"] }), "storewatch-2026-W43-by-region-and-brand.xlsx");
  assert.equal(nameOf({ windows: ["previous_month"] }), "storewatch-previous_month-2026-11-25.xlsx");
  assert.equal(nameOf({ windows: ["last_36h"] }), "storewatch-last_36h-2026-11-25T18-13.xlsx");
  assert.equal(nameOf({}), "storewatch-2026-11-25T18-13.xlsx");
  assert.equal(nameOf({ windows: ["2026-10-01/2026-10-15"] }), "storewatch-2026-10-01--2026-10-15.xlsx");
  assert.equal(
    nameOf({ windows: ["2026-10-01T06:00Z/2026-10-02T00:00+02:00"] }),
    "storewatch-2026-10-01T06-00Z--2026-10-02T00-00+02-00.xlsx",
  );
  assert.equal(
    nameOf({ windows: week, method: "observed", compare: "previous" }),
    "storewatch-2026-W43-observed-with-previous.xlsx",
  );
});

Deno.test("it says whether it has rows or totals; rows have no groups", () => {
  const request = { windows: ["2026-10"], groupBy: ["region"] };
  assert.equal(nameOf(request, "rows.csv"), "storewatch-2026-10-rows.csv");
  assert.equal(nameOf(request, "rows.ndjson"), "storewatch-2026-10-rows.ndjson");
  assert.equal(nameOf(request, "rows.parquet"), "storewatch-2026-10-rows.parquet");
  assert.equal(nameOf(request, "totals.csv"), "storewatch-2026-10-by-region-totals.csv");
  assert.equal(nameOf(request, "totals.ndjson"), "storewatch-2026-10-by-region-totals.ndjson");
});

Deno.test("a filter is in it, with what file systems refuse replaced, unless it is long", () => {
  const where = (values: readonly string[]) => nameOf({ windows: ["2026-10"], where: { region: values } });
  assert.equal(where(["West"]), "storewatch-2026-10-region-West.xlsx");
  assert.equal(where(["West", "Far East"]), "storewatch-2026-10-region-West+Far_East.xlsx");
  assert.equal(where(['a/b:"c"\n*?']), "storewatch-2026-10-region-a-b-c-.xlsx");
  assert.equal(where(Array.from({ length: 50 }, (_, index) => `Region ${index}`)), "storewatch-2026-10-filtered.xlsx");
  assert.equal(where(["東".repeat(30)]), "storewatch-2026-10-filtered.xlsx");
  // Shown as "storewatch-…-xslx.exe" otherwise.
  assert.equal(where(["a\u202exslx.exe"]), "storewatch-2026-10-region-a-xslx.exe.xlsx");
  assert.match(attachment(where(["Zürich"])), /filename="storewatch-2026-10-region-Z_rich\.xlsx"; filename\*=UTF-8''/);
});

Deno.test("it fits into what file systems take as a name", () => {
  const long = (letter: string) => letter + "x".repeat(31);
  const name = nameOf({
    windows: ["2026-10-01T06:00:00.123456+05:30/2026-10-02T06:00:00.123456+05:30"],
    method: "observed",
    where: { region: ["é".repeat(26)] },
    groupBy: ["a", "b", "c", "d", "e"].map(long),
    compare: "previous",
  }, "totals.ndjson");
  assert.match(name, /-region-é+-grouped-with-previous-totals\.ndjson$/);
  assert(new TextEncoder().encode(name).length <= 255, name);
  assert.equal(
    nameOf({ windows: ["2026-10"], groupBy: ["a", long("b")] }),
    `storewatch-2026-10-by-a-and-${long("b")}.xlsx`,
  );
});

Deno.test("the classic CSV keeps the name that it has always had", () => {
  const request = { windows: ["2026-10"], method: "clock", groupBy: ["region"], where: { region: ["West"] } } as const;
  assert.equal(nameOf(request, "report.csv"), "storewatch-2026-11-25T18-13-clock-report.csv");
  assert.equal(nameOf(request, "performance.csv"), "storewatch-2026-11-25T18-13-clock-performance.csv");
});
