import * as client from "openid-client";
import { type Claims } from "../../domain/access/claims.ts";
import { authorityOf } from "../../host_name.ts";
import { isLoopback } from "../access/loopback.ts";

/** Where people sign in, by OpenID Connect. */
export interface ProviderSettings {
  readonly issuer: URL;
  /** The hosts that it may be asked at, each with its port. */
  readonly hosts: readonly string[];
  readonly clientId: string;
  /** Undefined: a public client. */
  readonly clientSecret: string | undefined;
  /** The address of this service, as browsers know it. */
  readonly publicUrl: URL;
}

/** What a browser keeps while its person is at the provider. */
export interface SignInState {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** The path to go to then. */
  readonly next: string;
}

/** The provider's side of the return does not fit ours, or it refuses. */
export class SignInFailed extends Error {
  override name = "SignInFailed";
}

export const RETURN_PATH = "/sign-in/return";

/** A provider of identities. It is asked for its settings when somebody first signs in. */
export class Provider {
  readonly #settings: ProviderSettings;
  #found: Promise<client.Configuration> | undefined;

  constructor(settings: ProviderSettings) {
    this.#settings = settings;
  }

  /** The address that the browser goes to, and what it keeps until it comes back. */
  async begin(next: string): Promise<{ readonly url: URL; readonly kept: SignInState }> {
    const verifier = client.randomPKCECodeVerifier();
    const kept = { state: client.randomState(), nonce: client.randomNonce(), verifier, next };
    const url = client.buildAuthorizationUrl(await this.#configuration(), {
      redirect_uri: new URL(RETURN_PATH, this.#settings.publicUrl).href,
      scope: "openid profile email",
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      state: kept.state,
      nonce: kept.nonce,
    });
    return { url, kept };
  }

  /**
   * Takes the code that the browser brings back to the provider.
   *
   * @param query of the return address
   * @throws {SignInFailed} if the provider refuses, or the browser comes back from another sign-in
   */
  async finish(query: string, { state, nonce, verifier }: SignInState): Promise<Claims> {
    const url = new URL(`${RETURN_PATH}${query}`, this.#settings.publicUrl);
    const configuration = await this.#configuration();
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
    try {
      const tokens = await client.authorizationCodeGrant(configuration, url, checks);
      return { ...tokens.claims() };
    } catch (cause) {
      throw new SignInFailed("The provider did not confirm the sign-in", { cause });
    }
  }

  async #configuration(): Promise<client.Configuration> {
    // What failed is asked for again next time.
    this.#found ??= this.#discover().catch((cause) => {
      this.#found = undefined;
      throw new SignInFailed(
        "The provider of identities does not answer as expected. Try again, or sign in with a key",
        { cause },
      );
    });
    return await this.#found;
  }

  async #discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings;
    // Only for a provider on this machine: the settings refuse all others without TLS.
    const execute = issuer.protocol === "http:" && isLoopback(issuer.hostname) ? [client.allowInsecureRequests] : [];
    const authentication = clientSecret === undefined ? client.None() : client.ClientSecretPost(clientSecret);
    const found = await client.discovery(issuer, clientId, undefined, authentication, { execute });
    this.#needKnownHost(found.serverMetadata().token_endpoint);
    return found;
  }

  /** Codes, and our secret with them, go to hosts that the settings name. */
  #needKnownHost(endpoint = ""): void {
    if (URL.canParse(endpoint) && this.#settings.hosts.includes(authorityOf(new URL(endpoint)))) return;
    throw new Error(`The provider gives tokens at "${endpoint}": add that host to OIDC_HOSTS if you trust it`);
  }
}
