import type { Result } from "../../domain/measures/result.ts";
import { decodeResult, PART_BYTES, partsIn } from "./result_file.ts";

/**
 * A result that stays in its file. Its parts are read one at a time, so that a rendering of 140,000 stores takes as little memory as one of
 * 10,000. Asking for a whole column reads the whole result, which stays in memory while it is in use.
 */
export function resultInFile(path: string, partBytes: number = PART_BYTES): Result {
  let known: WeakRef<Result> | undefined;
  const whole = () => {
    const result = known?.deref() ?? decodeResult(Deno.readFileSync(path));
    known = new WeakRef(result);
    return result;
  };
  return {
    get windows() {
      return whole().windows;
    },
    get storeIds() {
      return whole().storeIds;
    },
    get fingerprints() {
      return whole().fingerprints;
    },
    get pollAge() {
      return whole().pollAge;
    },
    text: (name) => whole().text(name),
    ends: (window) => whole().ends(window),
    column: (window, measure) => whole().column(window, measure),
    *parts() {
      using file = Deno.openSync(path);
      for (const part of partsIn((bytes) => fill(bytes, file), partBytes)) yield decodeResult(part);
    },
  };
}

/** Fills bytes with those that come next in a file. @throws {Error} if it ends before */
function fill(bytes: Uint8Array, file: Deno.FsFile): void {
  for (let done = 0; done < bytes.length;) {
    const more = file.readSync(bytes.subarray(done));
    if (more === null) throw new Error(`A result file ends ${bytes.length - done} bytes too early`);
    done += more;
  }
}
