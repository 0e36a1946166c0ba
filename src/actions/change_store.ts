import { clearMarks } from "../db/imports/marks.ts";
import { MOST_TAGS } from "../db/stores/stage_details.ts";
import { takeTurn } from "../db/stores/staging.ts";
import { getDetails, type StoreDetails, updateDetails } from "../db/stores/store_details.ts";
import { isTagKey, TAG_KEY_FORM } from "../domain/tags/tag_filter.ts";
import type { ZoneRules } from "../domain/time/zone_rules.ts";
import { SALES_PER_HOUR } from "../ingest/values/sales_per_hour.ts";
import { STORE_NAME, TAG_VALUE } from "../ingest/values/short_text.ts";
import { TARGET_PERCENT } from "../ingest/values/target_percent.ts";
import { timezoneKind } from "../ingest/values/timezone.ts";
import type { ValueKind } from "../ingest/values/value.ts";
import { audited, type Check, difference } from "./audited.ts";
import { readValue } from "./calendar/read_value.ts";
import { lockStore } from "./calendar/store_key.ts";
import type { ActionContext } from "./context.ts";
import { invalid, Refusal } from "./refusal.ts";

type Changed = string | null | undefined;

/** What to change of a store. Undefined stays, null is removed. An empty text is as null. */
export interface StoreChange {
  readonly name?: Changed;
  /** The name of a zone, as in a file of time zones. */
  readonly timezone?: Changed;
  /** By key. Tags that are not named stay. */
  readonly tags?: Readonly<Record<string, string | null>> | undefined;
  /** Decimal digits. */
  readonly salesPerHour?: Changed;
  readonly targetPercent?: Changed;
  readonly check?: Check<StoreDetails> | undefined;
}

/**
 * Changes the name, zone, tags, sales or target of a store.
 *
 * @throws {Refusal} `unknown-store` or `invalid`
 */
export async function changeStore(
  context: ActionContext & { readonly zoneRules: ZoneRules },
  storeId: string,
  { check = () => {}, ...given }: StoreChange,
): Promise<StoreDetails> {
  const change = readChange(given, context.zoneRules);
  return await audited(context, async (tx) => {
    await takeTurn(tx, "stores");
    await takeTurn(tx, "timezones");
    const key = await lockStore(tx, storeId);
    const before = await getDetails(tx, storeId);
    if (before === undefined) throw new Refusal("unknown-store", "No store has this id");
    check(before);
    const after = change(before);
    const changed = difference(auditedDetails(before), auditedDetails(after));
    if (changed !== undefined) await updateDetails(tx, key, after);
    const { timezone, ...others } = given;
    if (typeof timezone === "string") await clearMarks(tx, "timezones", [key]);
    if (Object.values(others).some((value) => value !== undefined)) await clearMarks(tx, "stores", [key]);
    const stores = { ids: [storeId], total: 1 };
    const result = await getDetails(tx, storeId) ?? after;
    return { result, entry: changed && { action: "store.change", stores, ...changed } };
  });
}

/** Reads all values first, so that a bad one is refused before anything is locked. */
function readChange(
  { name, timezone, tags = {}, salesPerHour, targetPercent }: Omit<StoreChange, "check">,
  { zones }: ZoneRules,
): (before: StoreDetails) => StoreDetails {
  const read = {
    name: readChanged(STORE_NAME, "name", name),
    timezone: readChanged(timezoneKind(zones), "timezone", timezone),
    salesPerHour: readChanged(SALES_PER_HOUR, "sales_per_hour", salesPerHour),
    targetPercent: readChanged(TARGET_PERCENT, "target_percent", targetPercent),
  };
  const wanted = Object.entries(tags).map(([key, value]) =>
    [readKey(key), readChanged(TAG_VALUE, `tags.${key}`, value)] as const
  );
  return (before) => ({
    name: pick(read.name, before.name),
    timezone: pick(read.timezone, before.timezone),
    salesPerHour: pick(read.salesPerHour, before.salesPerHour),
    targetPercent: pick(read.targetPercent, before.targetPercent),
    tags: mergedTags(before.tags, wanted),
  });
}

function readChanged(kind: ValueKind<string>, field: string, value: Changed): Changed {
  if (value === undefined || value === null) return value;
  return value.trim() === "" ? null : readValue(kind, field, value);
}

function pick(given: Changed, before: string | undefined): string | undefined {
  return given === undefined ? before : given ?? undefined;
}

function readKey(key: string): string {
  if (isTagKey(key)) return key;
  const reason = `is not a tag: a tag is ${TAG_KEY_FORM}`;
  throw invalid({ field: "tags", value: key, reason });
}

function mergedTags(
  before: StoreDetails["tags"],
  wanted: readonly (readonly [key: string, value: Changed])[],
): Record<string, string> {
  const tags = new Map(Object.entries(before));
  for (const [key, value] of wanted) {
    if (typeof value === "string") tags.set(key, value);
    else tags.delete(key);
  }
  if (tags.size > MOST_TAGS) {
    throw invalid({
      field: "tags",
      value: tags.size,
      reason: `would be more than ${MOST_TAGS}: remove some with null`,
    });
  }
  return Object.fromEntries([...tags].sort(([a], [b]) => a < b ? -1 : 1));
}

function auditedDetails({ name, timezone, tags, salesPerHour, targetPercent }: StoreDetails): Record<string, unknown> {
  return { name, timezone, tags, sales_per_hour: salesPerHour, target_percent: targetPercent };
}
