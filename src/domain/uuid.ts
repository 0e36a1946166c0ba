/** The form of the ids that Storewatch gives out, in any letter case, as a part of a regular expression. */
export const UUID_PATTERN = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

const UUID = new RegExp(`^${UUID_PATTERN}$`);

/** Whether a text has the form of an id. Check this before the text reaches SQL or a path. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
