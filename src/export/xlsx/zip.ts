import { constants, deflateRawSync } from "node:zlib";
import { Zip, ZipPassThrough } from "fflate";
import { TooLargeForXlsx } from "./too_large.ts";

/*
 * The one place that knows the library that writes ZIP archives.
 */

/** A file of an archive. Its blocks are asked for when the files before it are written. */
export interface ZipEntry {
  readonly path: string;
  readonly blocks: Iterable<Uint8Array>;
}

/** Without ZIP64, which not every program for spreadsheets reads, neither a file nor the archive may be larger. */
const MOST_BYTES = 2 ** 32 - 1;

/**
 * Writes a ZIP archive, in pieces.
 *
 * @throws {TooLargeForXlsx} if a file or the archive has 4 GiB
 */
export function* zipArchive(entries: Iterable<ZipEntry>): Generator<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const archive = new Zip((error, piece) => {
    if (error !== null) throw error;
    bytes += piece.length;
    pieces.push(piece);
  });
  for (const { path, blocks } of entries) {
    const file = new DeflatedFile(path);
    archive.add(file);
    for (const block of blocks) {
      file.push(block);
      if (Math.max(file.size, bytes) > MOST_BYTES) throw new TooLargeForXlsx();
      yield* pieces.splice(0);
    }
    file.push(new Uint8Array(), true);
  }
  archive.end();
  yield* pieces;
}

/** The runtime packs a block several times as fast as the library. A block does not refer to those before it, which costs 2 % of the size. */
class DeflatedFile extends ZipPassThrough {
  override compression = 8;
  /** The same rows give the same bytes, so that ranges fit together. */
  override mtime = new Date(1980, 0, 1);

  protected override process(block: Uint8Array, final: boolean): void {
    const finishFlush = final ? constants.Z_FINISH : constants.Z_SYNC_FLUSH;
    this.ondata(null, new Uint8Array(deflateRawSync(block, { level: 3, finishFlush })), final);
  }
}
