/** What the file that was loaded is called, without what file systems refuse: `polls-rejects.csv`. */
export function rejectsFileName(source: string): string {
  const stem = source.replace(/(\.csv)?(\.gz)?$/i, "").replaceAll(/[/\\:*?"<>|\p{Cc}]+/gu, "-");
  return `${stem === "" ? "file" : stem}-rejects.csv`;
}

/** `Content-Disposition` of a download; a name beyond ASCII also as RFC 6266 wants it. */
export function attachment(filename: string): string {
  const plain = filename.replaceAll(/[^\x20-\x7e]|["\\%]/gu, "_");
  if (plain === filename) return `attachment; filename="${filename}"`;
  const encoded = encodeURIComponent(filename.toWellFormed()).replaceAll(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
