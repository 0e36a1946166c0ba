/** What scanners of repositories can look for. */
export const KEY_PATTERN = /\bsw_[0-9A-Za-z]{49}\b/;

/** In a text that is escaped, a letter may stand before a key. */
const KEY_ANYWHERE = /sw_[0-9A-Za-z]{49}/g;

/** Leaves of each key in a text only as much as lists of keys show. */
export function withoutKeys(text: string): string {
  return text.replaceAll(KEY_ANYWHERE, (key) => `${key.slice(0, 7)}***`);
}
