/** Ways to act without a name: as a command, by a page's form, or as a program over HTTP. */
export const NAMELESS_ACTORS = ["command", "page", "anonymous"] as const;

/** What changes something: one without a name, a key, or a person who signed in. */
export type Actor = (typeof NAMELESS_ACTORS)[number] | `key:${string}` | `person:${string}`;

/** How an actor is written. */
export const ACTOR_FORM = /^(command|page|anonymous|(key|person):.{1,200})$/su;

export function isActor(text: string): text is Actor {
  return ACTOR_FORM.test(text);
}

/** Whether the audit can say which key or person it was. */
export function hasName(actor: Actor): boolean {
  return actor.includes(":");
}
