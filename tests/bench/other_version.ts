import { environmentOfTask, type RunningTask, startProcess, type TaskName, withThisDeno } from "../support/run_task.ts";
import { git, isWorktree } from "./git.ts";
import type { Version } from "./version.ts";

/** The parent of 90fcee7. Since that commit, a report finds all measures at once, whatever its method. */
export const BEFORE_ALL_MEASURES = "45a1c933350a0b5fa1e661ac70f8aa7e334034c5";

/** Another version of this repository, in a git worktree that is removed with its scope. */
export class OtherVersion implements Version, AsyncDisposable {
  /** The full hash of its commit. */
  readonly name: string;
  readonly folder: string;
  #tasks: Tasks = {};
  #checkOut: Promise<void> | undefined;

  constructor(commit: string, folder: string) {
    this.name = commit;
    this.folder = folder;
  }

  /** Writes its files and installs its dependencies. */
  checkOut(): Promise<void> {
    return this.#checkOut ??= this.#writeFiles();
  }

  startTask(name: TaskName, args: readonly string[], env: Record<string, string>): RunningTask {
    const task = this.#tasks[name];
    if (task === undefined) throw new Error(`The version ${this.name} has no task ${name} in its deno.json`);
    return startProcess(withThisDeno(task.command, args), { cwd: this.folder, env: environmentOfTask(env) });
  }

  async #writeFiles(): Promise<void> {
    const added = await git("worktree", "add", "--detach", this.folder, this.name);
    if (added.code !== 0) throw new Error(`git could not check out ${this.name} into ${this.folder}: ${added.err}`);
    const { code, err } = await startProcess([Deno.execPath(), "install"], { cwd: this.folder }).ended();
    if (code !== 0) throw new Error(`The dependencies of ${this.name} could not be installed: ${err}`);
    const project: { tasks: Tasks } = JSON.parse(await Deno.readTextFile(`${this.folder}/deno.json`));
    this.#tasks = project.tasks;
  }

  /** Waits for a check-out that is under way, since git would go on to write into the folder. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#checkOut?.catch(() => {});
    if (!(await isWorktree(this.folder))) return;
    // Twice: git locks a worktree whose files are not complete.
    const { code, err } = await git("worktree", "remove", "--force", "--force", this.folder);
    if (code !== 0) throw new Error(`git could not remove the worktree ${this.folder}: ${err}`);
  }
}

type Tasks = Partial<Record<TaskName, { readonly command: string }>>;
