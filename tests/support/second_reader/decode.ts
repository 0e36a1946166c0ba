/** Bytes as text by the rule for encodings. */
export function decode(bytes: Uint8Array): string | undefined {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join(
    "",
  );
  const utf16 = /^\xff\xfe|^[^\0]\0[^\0]\0/s.test(binary)
    ? "utf-16le"
    : /^\xfe\xff|^\0[^\0]\0[^\0]/s.test(binary)
    ? "utf-16be"
    : undefined;
  for (const encoding of utf16 === undefined ? ["utf-8"] : [utf16]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not this one.
    }
  }
  if (utf16 !== undefined) return undefined;
  const hasUtf8 =
    /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}/
      .test(binary);
  return hasUtf8 || /[\x81\x8d\x8f\x90\x9d]/.test(binary) ? undefined : new TextDecoder("windows-1252").decode(bytes);
}
