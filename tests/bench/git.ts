import { type Ended, ROOT, startProcess } from "../support/run_task.ts";

/**
 * The full hash of a commit of this repository.
 *
 * @throws {RangeError} if there is no such commit, no repository or no git
 */
export async function findCommit(name: string): Promise<string> {
  const top = await git("rev-parse", "--show-prefix");
  if (top.code !== 0 || top.out.trim() !== "") throw new RangeError(noRepository(top));
  const found = await git("rev-parse", "--verify", "--quiet", `${name}^{commit}`);
  if (found.code === 0) return found.out.trim();
  throw new RangeError(
    `The git history here has no commit ${name}. If this is a shallow clone, \`git fetch --unshallow\` fetches the rest.`,
  );
}

/** Whether there is a git history here. A copy of the files has none. */
export async function isHistoryHere(): Promise<boolean> {
  return await findCommit("HEAD").then(() => true, () => false);
}

/** Whether git has a folder as a worktree of this repository. Git follows links, which can make the path longer. */
export async function isWorktree(folder: string): Promise<boolean> {
  const { out } = await git("worktree", "list", "--porcelain");
  return out.split("\n").some((line) => line.startsWith("worktree ") && line.endsWith(folder));
}

/** Runs git in this repository, without its hooks. */
export async function git(...args: readonly string[]): Promise<Ended> {
  try {
    return await startProcess(["git", "-c", "core.hooksPath=/dev/null", ...args], {}).ended();
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new RangeError("Another version can be checked out only with git, and the program git was not found.", {
      cause,
    });
  }
}

function noRepository({ err }: Ended): string {
  const reason = err.trim().replaceAll(/\s+/g, " ");
  const said = reason === "" ? "it is a folder inside of another one" : `git says: ${reason}`;
  return `Another version can be checked out only from a git repository, and ${ROOT} is no repository: ${said}`;
}
