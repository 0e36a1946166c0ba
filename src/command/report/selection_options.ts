import { InvalidArgumentError } from "commander";
import { GROUP_BY_FORM, whyNoGroups } from "../../domain/tags/group_by.ts";
import { parseTagFilter, type TagFilter } from "../../domain/tags/tag_filter.ts";
import { parseTarget, TARGET_FORM } from "../../domain/targets/target.ts";

/** A filter as it is collected: all conditions that were given so far. */
export interface Where {
  readonly texts: readonly string[];
  readonly filter: TagFilter;
}

/** Reads `--where`, which may be given several times. */
export function where(value: string, earlier?: Where): Where {
  const texts = [...earlier?.texts ?? [], value];
  const filter = parseTagFilter(texts);
  if (typeof filter !== "string") return { texts, filter };
  throw new InvalidArgumentError(`It ${filter}.`);
}

/** Reads `--group-by`: tags between commas. */
export function groupBy(value: string): string[] {
  const keys = value.split(",").map((key) => key.trim());
  const reason = whyNoGroups(keys);
  if (reason === undefined) return keys;
  throw new InvalidArgumentError(`It must be ${GROUP_BY_FORM}; ${reason}.`);
}

/** Reads `--target`. */
export function targetPercent(value: string): string {
  const target = parseTarget(value);
  if (target !== undefined) return target;
  throw new InvalidArgumentError(`It must be ${TARGET_FORM}.`);
}
