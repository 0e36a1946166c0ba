import type { z } from "@hono/zod-openapi";
import type { ExclusionNote, SpecialDateNote, WhyNot } from "../../domain/openings/why_not.ts";
import { formatDate } from "../../domain/time/instant.ts";
import type { TimelineJson } from "./timeline_schemas.ts";

type NotScheduled = z.output<typeof TimelineJson>["states"][number]["not_scheduled"];

/** Why a store is not meant to be open, as programs get it. */
export function whyNotJson(why: WhyNot | undefined): NotScheduled {
  if (why === undefined) return null;
  return {
    because: why.because,
    special_date: why.because === "special_date" ? specialDateJson(why.specialDate) : null,
    exclusions: why.because === "exclusion" ? why.exclusions.map(exclusionJson) : [],
  };
}

function specialDateJson({ date, reason, isForAll }: SpecialDateNote) {
  return { date: formatDate(date), reason: reason ?? null, all_stores: isForAll };
}

function exclusionJson({ exclusionId, kind, reason, madeBy, isForAll }: ExclusionNote) {
  return { exclusion_id: exclusionId, kind, reason, made_by: madeBy, all_stores: isForAll };
}
