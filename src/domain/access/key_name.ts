const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,63}$/u;

/** How a key may be called: its name stands in the audit. */
export const KEY_NAME_FORM = "1 to 64 letters, digits, blanks, dots, @, _ or -, with a letter or digit first";

export function isKeyName(text: string): boolean {
  return NAME.test(text) && text === text.trim();
}
