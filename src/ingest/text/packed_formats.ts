interface Format {
  readonly name: string;
  readonly magic: readonly number[];
}

/** Files that are packed, or no text, by their first bytes. */
const FORMATS: readonly Format[] = [
  { name: "a ZIP archive, or an Excel workbook (.xlsx), which is one", magic: [0x50, 0x4b, 0x03, 0x04] },
  { name: "an empty ZIP archive", magic: [0x50, 0x4b, 0x05, 0x06] },
  { name: "an old Excel workbook (.xls)", magic: [0xd0, 0xcf, 0x11, 0xe0] },
  { name: "packed with bzip2", magic: [0x42, 0x5a, 0x68] },
  { name: "packed with xz", magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { name: "packed with lzip", magic: [0x4c, 0x5a, 0x49, 0x50] },
  { name: "packed with LZMA", magic: [0x5d, 0x00, 0x00] },
  { name: "packed with zstd", magic: [0x28, 0xb5, 0x2f, 0xfd] },
  { name: "packed with LZ4", magic: [0x04, 0x22, 0x4d, 0x18] },
  { name: "packed with Snappy", magic: [0xff, 0x06, 0x00, 0x00, 0x73, 0x4e] },
  { name: "packed with compress (.Z)", magic: [0x1f, 0x9d] },
  { name: "packed with pack (.z)", magic: [0x1f, 0x1e] },
  { name: "packed with zlib", magic: [0x78, 0x9c] },
  { name: "packed with zlib", magic: [0x78, 0xda] },
  { name: "packed with zlib", magic: [0x78, 0x01] },
  { name: "a 7-Zip archive", magic: [0x37, 0x7a, 0xbc, 0xaf] },
  { name: "a RAR archive", magic: [0x52, 0x61, 0x72, 0x21] },
  { name: "packed with gzip twice", magic: [0x1f, 0x8b] },
  { name: "a Parquet file", magic: [0x50, 0x41, 0x52, 0x31] },
  { name: "a PDF", magic: [0x25, 0x50, 0x44, 0x46] },
];

/** The longest of the first bytes that tell a format. */
export const MAGIC_LENGTH = Math.max(...FORMATS.map(({ magic }) => magic.length));

/** What a file is by its first bytes, if it is packed or no text. */
export function packedFormat(start: Uint8Array): string | undefined {
  return FORMATS.find(({ magic }) => magic.every((byte, index) => start[index] === byte))?.name;
}
