import type { Config } from "../../config.ts";

/** @throws {Error} naming the setting, if the folder does not exist and cannot be created */
export async function makeReportsFolder({ reportsFolder }: Config): Promise<void> {
  try {
    await Deno.mkdir(reportsFolder, { recursive: true });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`REPORTS_DIR is "${reportsFolder}", which is not a folder and cannot be created: ${why}`, {
      cause,
    });
  }
}
