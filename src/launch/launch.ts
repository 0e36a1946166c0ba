import { dirname } from "node:path";
import { type Config, readConfig, readVariables, VARIABLES } from "../config.ts";
import { become } from "./become.ts";
import { needsOf } from "./needs.ts";
import { NOTHING, permissionFlags, type Permissions, together } from "./permissions.ts";
import { findPlace, withRealPaths } from "./place.ts";

/**
 * Works out from the settings and the arguments what a command may do, and becomes that command.
 *
 * @param main the program that runs commands
 * @param project the folder of the project
 */
export async function launch(
  [command = "", ...args]: readonly string[],
  main: string,
  project = dirname(main),
): Promise<never> {
  const permissions = withRealPaths(await permissionsFor(command, args, project));
  await become(Deno.execPath(), ["run", ...permissionFlags(permissions), main, command, ...args]);
  throw new Error("A process that became another one goes on");
}

async function permissionsFor(command: string, args: readonly string[], project: string): Promise<Permissions> {
  const config = settings();
  if (config === undefined) return { ...NOTHING, env: VARIABLES };
  const environment = readVariables();
  const needs = needsOf({ command, args, config, environment }, await findPlace(project, config.dataFolder));
  return command === "sample" ? needs : together(needs, { env: VARIABLES });
}

/** Undefined if they are wrong. The command says then what is wrong, and needs no rights for that. */
function settings(): Config | undefined {
  try {
    return readConfig();
  } catch {
    return undefined;
  }
}
