/**
 * Characters that change what a reader sees beyond their own place: controls, which move a terminal's cursor or begin its commands, line
 * ends that JSON leaves as they are, and marks that turn the direction of text around. Not the tab and the line feed.
 */
// deno-lint-ignore no-control-regex -- these are what it looks for
const DECEIVING = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A text that any viewer and terminal shows as it is. The escapes are those of JSON, so JSON keeps its meaning. */
export function plainText(text: string): string {
  return text.replaceAll(DECEIVING, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
