import type { z } from "@hono/zod-openapi";
import { formatInstant } from "../../domain/time/instant.ts";
import type { Difference } from "../../report/verify/difference.ts";
import type { ExplainedStore } from "../../report/verify/explain.ts";
import type { Verification } from "../../report/verify/verify_report.ts";
import type { VerificationJson } from "./verify_schema.ts";

type Json = z.output<typeof VerificationJson>;

/** A verification as clients read it. */
export function verificationJson(found: Verification): Json {
  return {
    same: found.rowsDiffer === 0,
    rows_differ: found.rowsDiffer,
    differences: found.differences.map(differenceJson),
    because: found.because,
    stores_differ: found.storesDiffer,
    stores: found.stores.map(storeJson),
  };
}

function differenceJson(difference: Difference): Json["differences"][number] {
  const { storeId, window, column, then, now } = difference;
  return {
    store_id: storeId,
    window,
    measure: column,
    then: valueJson(column, then),
    now: valueJson(column, now),
  };
}

type Value = Json["differences"][number]["then"];

/** What a store does not have is an empty text in a result. */
function valueJson(column: Difference["column"], value: Difference["then"]): Value {
  if (value === undefined || value === "") return null;
  if (column === "tags") return JSON.parse(String(value));
  if (typeof value === "number" && (column === "from" || column === "to")) return formatInstant(value);
  return value;
}

function storeJson({ storeId, because, polls, changes }: ExplainedStore): Json["stores"][number] {
  return {
    store_id: storeId,
    because: [...because],
    polls: polls === undefined ? null : {
      used_then: polls.then,
      used_now: polls.now,
      late: polls.late === undefined ? null : {
        count: polls.late.count,
        first: formatInstant(polls.late.first),
        last: formatInstant(polls.late.last),
      },
    },
    changes: changes.map(({ at, actor, action, subject }) => ({ at: formatInstant(at), actor, action, subject })),
  };
}
