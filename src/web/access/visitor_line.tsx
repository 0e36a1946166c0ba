import type { JSX } from "hono/jsx/jsx-runtime";
import { allows } from "../../domain/access/scope.ts";
import { hasName } from "../../domain/actor.ts";
import { visitor } from "./visitor.ts";

/** The name under which somebody uses the pages, and the way out. Nothing where nobody needs a name. */
export function VisitorLine(): JSX.Element | null {
  const principal = visitor.getStore()?.principal;
  if (principal === undefined) return null;
  const isAdmin = allows(principal.scopes, "admin");
  const name = hasName(principal.actor) ? principal.actor.slice(principal.actor.indexOf(":") + 1) : undefined;
  return (
    <div class="visitor">
      {isAdmin && <a href="/keys">Keys</a>}
      {name !== undefined && <SignedIn name={name} />}
    </div>
  );
}

function SignedIn({ name }: { name: string }): JSX.Element {
  return (
    <>
      <span>Signed in as {name}.</span>
      <form method="post" action="/sign-out">
        <button type="submit">Sign out</button>
      </form>
      <form method="post" action="/sign-out">
        <input type="hidden" name="everywhere" value="yes" />
        <button type="submit">Sign out in all browsers</button>
      </form>
    </>
  );
}

/** A warning at the top of each page of a service that anybody can use. */
export function InsecureNote(): JSX.Element | null {
  if (visitor.getStore()?.isInsecure !== true) return null;
  return (
    <p class="insecure" role="alert">
      <b>Not protected.</b> This service was started with{" "}
      <code>--insecure</code>. Anybody who can reach it can read and change everything.
    </p>
  );
}
