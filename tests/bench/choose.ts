import { against } from "./b14_against.ts";
import type { Bench } from "./bench.ts";
import { BENCHES } from "./benches.ts";
import { findCommit } from "./git.ts";

/** Those that were named; all if none was, or none if only plots were asked for. */
export function choose(names: readonly string[], plots: boolean): readonly Bench[] {
  if (names.length === 0) return plots ? [] : BENCHES;
  return names.map((name) => {
    const found = BENCHES.find(({ id }) => id === name.toUpperCase());
    if (found === undefined) throw new RangeError(`${name} is no bench: there are ${BENCHES.map(({ id }) => id)}`);
    return found;
  });
}

/** Which commit B14 needs, and whether to leave it out without that. */
export interface Needed {
  readonly commit: string;
  readonly isOptional: boolean;
  readonly tell: (line: string) => void;
}

/**
 * Leaves B14 out if it is optional and its commit is not here.
 *
 * @throws {RangeError} if it is not optional
 */
export async function withCommit(benches: readonly Bench[], needed: Needed): Promise<readonly Bench[]> {
  if (!benches.includes(against)) return benches;
  try {
    await findCommit(needed.commit);
    return benches;
  } catch (error) {
    if (!needed.isOptional || !(error instanceof RangeError)) throw error;
    needed.tell(`${against.id} is left out. ${error.message}`);
    return benches.filter((bench) => bench !== against);
  }
}
