import { counted } from "../../domain/counted.ts";
import { checkFiles, type FileCheck } from "../../ingest/check_files.ts";
import type { ImportInput } from "../../ingest/input_file.ts";
import { checkLines } from "./import_lines.ts";
import { type InputFile, listFiles, openListedStream } from "./input_files.ts";
import type { LoadGround, LoadOptions } from "./load_files.ts";
import type { Runtime } from "../run.ts";

/**
 * Prints what loading files would do, and changes nothing. The files are checked together, because one may have the stores of another.
 *
 * @throws {Error} if a path cannot be read, and at the end if a file would not be loaded
 */
export async function checkPaths(ground: LoadGround, options: LoadOptions, runtime: Runtime): Promise<FileCheck[]> {
  const files = await listFiles(options, runtime.tell);
  const checks = await checkFiles(ground.sql, files.map((file) => inputOf(ground, file, { ...options, runtime })));
  for (const line of checks.flatMap(checkLines)) runtime.print(line);
  runtime.print("Nothing was loaded: this was a check");
  const failed = new Set(checks.filter(({ reason }) => reason !== undefined).map(({ file }) => file)).size;
  if (failed > 0) throw new Error(`${failed} of ${counted(files.length, "file")} would not be loaded`);
  return checks;
}

function inputOf(
  { zoneRules, maxPollAhead }: LoadGround,
  { path, kind }: InputFile,
  { aliases, days, stores, maxRejects, runtime: { signal } }: LoadOptions & { readonly runtime: Runtime },
): ImportInput {
  const options = { aliases, days, stores, maxRejects, signal };
  return { source: path, kind, body: openListedStream(path), zoneRules, maxPollAhead, ...options };
}
