import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";

/** A phone has no room for a whole table: it scrolls, also with the keyboard. */
export function Scroll({ name, children }: { name: string; children?: Child }): JSX.Element {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={name}>
      {children}
    </div>
  );
}
