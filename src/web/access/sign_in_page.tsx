import type { Assets } from "../kit/asset.ts";
import { Layout } from "../kit/layout.tsx";
import { respond } from "../kit/respond.ts";

interface SignInParts {
  readonly assets: Assets;
  /** The path to go to then. */
  readonly next: string;
  /** Why the last attempt failed. */
  readonly fault?: string | undefined;
  /** Whether people can also sign in at a provider of identities. */
  readonly hasProvider: boolean;
}

/** `GET /sign-in`: takes a key. It shows nothing of what the service knows. */
export async function signInPage({ assets, next, fault, hasProvider }: SignInParts): Promise<Response> {
  return await respond(
    <Layout assets={assets} title="Sign in" isForStrangers>
      <div class="message sign-in">
        <h1>Sign in</h1>
        {hasProvider && (
          <p>
            <a class="button main" href={`/sign-in/start?${new URLSearchParams({ next })}`}>
              Sign in with your account
            </a>
          </p>
        )}
        <form method="post" action="/sign-in">
          <input type="hidden" name="next" value={next} />
          <p class="field">
            <label for="key">Your key</label>
            <input
              id="key"
              name="key"
              type="password"
              required
              autofocus
              autocomplete="current-password"
              placeholder="sw_…"
              aria-describedby="key-note"
              aria-invalid={fault === undefined ? undefined : "true"}
            />
          </p>
          {fault !== undefined && <p class="fault" role="alert">{fault}.</p>}
          <p class="note" id="key-note">
            An admin makes keys on the page Keys, or with <code>deno task key add</code>.
          </p>
          <p>
            <button class="main" type="submit">Sign in</button>
          </p>
        </form>
      </div>
    </Layout>,
    fault === undefined ? 200 : 401,
  );
}
