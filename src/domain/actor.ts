/** Who changes something: a command, a page's form, or a program over HTTP. */
export const ACTORS = ["command", "page", "anonymous"] as const;

export type Actor = (typeof ACTORS)[number];
