import type { Command } from "commander";
import { Misuse, type Runtime } from "../run.ts";

/** Data that a command is about to remove for good. */
export interface Removal {
  /** What would be removed, with counts, one line each. Empty if nothing would be removed. */
  readonly lines: readonly string[];
  /** Removes it. @returns a line about what was removed */
  carryOut(): Promise<string>;
}

/** How a person or a script agrees to a removal. */
export interface Consent {
  /** Shows what would be removed, and removes nothing. */
  readonly dryRun?: boolean;
  /** Removes without a question. */
  readonly yes?: boolean;
}

/** Adds the options `--dry-run` and `--yes` to a command that removes things. */
export function withConsentOptions(command: Command): Command {
  return command
    .option("--dry-run", "shows what would be removed, and removes nothing")
    .option("--yes", "removes without a question, for scripts");
}

/**
 * Shows what some removals would remove, asks the person at the terminal, and carries them out.
 *
 * @throws {Misuse} if there is no terminal to answer and `--yes` is not given
 * @throws {Error} if the answer is not yes
 */
export async function removeWithConsent(
  removals: readonly Removal[],
  { dryRun = false, yes = false }: Consent,
  runtime: Runtime,
): Promise<void> {
  const due = removals.filter(({ lines }) => lines.length > 0);
  for (const line of due.flatMap(({ lines }) => lines)) runtime.print(line);
  if (due.length === 0) return runtime.print("Nothing to remove");
  if (dryRun) return runtime.print("Nothing was removed: this was a dry run");
  if (!yes) await needYes(runtime);
  for (const removal of due) runtime.print(await removal.carryOut());
}

async function needYes({ ask }: Runtime): Promise<void> {
  if (ask === undefined) {
    throw new Misuse(
      "Nothing was removed: there is no terminal to ask. Add --yes to remove this, or --dry-run to only look",
    );
  }
  const answer = await ask("Remove this for good? Type yes: ");
  if (!/^y(es)?$/i.test(answer ?? "")) throw new Error(`Nothing was removed: the answer was "${answer ?? ""}"`);
}
