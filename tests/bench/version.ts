import { type RunningTask, startTask, type TaskName } from "../support/run_task.ts";

/** A version of this repository, whose tasks can be run. */
export interface Version {
  readonly name: string;
  startTask(name: TaskName, args: readonly string[], env: Record<string, string>): RunningTask;
}

/** The files as they are here, changes without a commit included. */
export const THIS_VERSION: Version = { name: "this version", startTask };
