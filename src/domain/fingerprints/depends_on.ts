import { formatFingerprint } from "./fingerprint.ts";
import type { InputSums } from "./store_fingerprints.ts";

/** What a report depends on, beside its request and the zone rules. Fingerprints are hexadecimal digits. */
export interface DependsOn {
  /** The version of Storewatch. */
  readonly version: string;
  readonly polls: { readonly count: number; readonly fingerprint: string };
  /** Of zones, hours, special hours and exclusions. */
  readonly calendars: string;
  /** Of names, tags, targets and sales. */
  readonly tags: string;
}

export function dependsOn(version: string, { pollsUsed, polls, calendars, labels }: InputSums): DependsOn {
  return {
    version,
    polls: { count: pollsUsed, fingerprint: formatFingerprint(polls) },
    calendars: formatFingerprint(calendars),
    tags: formatFingerprint(labels),
  };
}
