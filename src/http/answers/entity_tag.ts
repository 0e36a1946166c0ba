const ENCODED = /-(?:gzip|deflate)"$/;

/** The tag of compressed bytes, made from the tag of the plain ones: `"abc"` becomes `"abc-gzip"`. */
export function encodedTag(tag: string, encoding: string): string {
  return tag.replace(/^W\//, "").replace(/"$/, `-${encoding}"`);
}

/** The tag of the plain bytes. */
export function plainTag(tag: string): string {
  return tag.replace(ENCODED, '"');
}

/** The tags of If-Match or If-None-Match. */
export function listedTags(header: string): string[] {
  return header.split(",").map((tag) => tag.trim());
}
