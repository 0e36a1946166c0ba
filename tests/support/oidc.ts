import { createServer } from "node:http";
import { Provider } from "oidc-provider";

/** A provider of identities on this machine, at which anybody may sign in by name. */
export interface TestProvider extends AsyncDisposable {
  readonly issuer: string;
}

export interface TestClient {
  readonly id: string;
  readonly redirectUri: string;
}

/** @param claimsOf what the provider says of each person, by the name with which they sign in */
export async function openProvider(
  { id, redirectUri }: TestClient,
  claimsOf: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Promise<TestProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const issuer = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: id,
      client_secret: "secret",
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: "client_secret_post",
    }],
    claims: { openid: ["sub", "roles", "storewatch_where"], email: ["email"], profile: ["name"] },
    conformIdTokenClaims: false,
    cookies: { keys: ["test"] },
    findAccount: (_context: unknown, accountId: string) => ({
      accountId,
      claims: () => ({ sub: accountId, ...claimsOf[accountId] }),
    }),
  });
  server.on("request", provider.callback());
  return {
    issuer,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A browser's cookies for one site, and its way through pages and forms of that site. */
export class TestBrowser {
  readonly #cookies = new Map<string, string>();

  /** Signs in at the provider. @returns the address to which it sends the browser back */
  async signInAt(start: string, login: string): Promise<URL> {
    let answer = await this.#go(new URL(start));
    for (let step = 0; step < 12; step++) {
      const location = answer.headers.get("location");
      if (location !== null) {
        await answer.body?.cancel();
        const next = new URL(location, answer.url);
        if (next.origin !== new URL(start).origin) return next;
        answer = await this.#go(next);
        continue;
      }
      const page = await answer.text();
      const [, action = ""] = /<form[^>]* action="([^"]+)"/.exec(page) ?? [];
      const [, prompt = ""] = /name="prompt" value="(\w+)"/.exec(page) ?? [];
      answer = await this.#go(new URL(action, answer.url), new URLSearchParams({ prompt, login, password: "x" }));
    }
    throw new Error("The provider did not send the browser back");
  }

  async #go(url: URL, form?: URLSearchParams): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const init = form === undefined ? {} : { method: "POST", body: form };
    const answer = await fetch(url, { ...init, headers: { cookie }, redirect: "manual" });
    for (const text of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
      this.#cookies.set(name, value);
    }
    return answer;
  }
}
