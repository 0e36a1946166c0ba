import type { ExclusionPosition, ExclusionSearch } from "../../db/calendars/exclusion_list.ts";
import { EXCLUSION_KINDS, type ExclusionKind } from "../../domain/openings/exclusion.ts";
import { UUID_PATTERN } from "../../domain/uuid.ts";
import { type AskedTags, readTags, withTags } from "../tags/asked_tags.ts";

/** What an address asks for. Those in force, if it says nothing. */
export interface AskedExclusions {
  readonly kind: ExclusionKind | undefined;
  readonly withdrawn: Withdrawn;
  readonly tags: AskedTags;
  readonly after: ExclusionPosition | undefined;
  /** The exclusion that somebody wants to change. */
  readonly change: string | undefined;
}

export const WITHDRAWN = ["no", "yes", "both"] as const;
export type Withdrawn = (typeof WITHDRAWN)[number];

export const PAGE = 50;

export function readAsked(given: URLSearchParams): AskedExclusions {
  return {
    kind: EXCLUSION_KINDS.find((kind) => kind === given.get("kind")),
    withdrawn: WITHDRAWN.find((choice) => choice === given.get("withdrawn")) ?? "no",
    tags: readTags(given),
    after: positionOf(given.get("after")),
    change: given.get("change") ?? undefined,
  };
}

const POSITION = new RegExp(`^(\\d{1,16})_(${UUID_PATTERN})$`);

function positionOf(text: string | null): ExclusionPosition | undefined {
  const [, madeAt, exclusionId] = POSITION.exec(text ?? "") ?? [];
  return madeAt === undefined || exclusionId === undefined ? undefined : { madeAt: Number(madeAt), exclusionId };
}

export function searchOf({ kind, withdrawn, tags, after }: AskedExclusions): ExclusionSearch {
  const isWithdrawn = withdrawn === "both" ? undefined : withdrawn === "yes";
  return { kind, isWithdrawn, where: tags.filter, after, limit: PAGE + 1 };
}

/** The page of the same exclusions. */
export function addressOf(
  { kind, withdrawn, tags }: Pick<AskedExclusions, "kind" | "withdrawn" | "tags">,
  { path = "", ...added }: { readonly path?: string; readonly after?: string; readonly change?: string } = {},
): string {
  const given = { ...kind && { kind }, ...withdrawn !== "no" && { withdrawn }, ...added };
  const query = new URLSearchParams(given);
  return withTags(`/exclusions${path}${query.size === 0 ? "" : `?${query}`}`, tags.filter);
}
