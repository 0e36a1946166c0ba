import type { JSX } from "hono/jsx/jsx-runtime";
import { type AccessKey, listKeys } from "../../db/access/keys.ts";
import { KEY_NAME_FORM } from "../../domain/access/key_name.ts";
import { EXPIRY_FORM } from "../../domain/access/expiry.ts";
import { SCOPE_WORDS, SCOPES } from "../../domain/access/scope.ts";
import { filterText, TAG_FILTER_FORM } from "../../domain/tags/tag_filter.ts";
import type { Assets } from "../kit/asset.ts";
import type { WebDeps } from "../kit/deps.ts";
import { Layout } from "../kit/layout.tsx";
import { respond } from "../kit/respond.ts";
import { Time } from "../kit/time.tsx";

interface KeysParts {
  readonly assets: Assets;
  /** A key that was just made, the only time that it is shown. */
  readonly made?: { readonly name: string; readonly text: string };
  /** Why a key cannot be made, and what was sent. */
  readonly refused?: RefusedKey | undefined;
}

interface RefusedKey {
  readonly fault: string;
  readonly values: Readonly<Record<string, string>>;
}

/** `GET /keys`, for admins: all keys, and a form that makes one. */
export async function keysPage({ sql }: Pick<WebDeps, "sql">, parts: KeysParts): Promise<Response> {
  const { assets, made, refused } = parts;
  const keys = await listKeys(sql);
  return await respond(
    <Layout assets={assets} title="Keys">
      <h1>Keys</h1>
      {made !== undefined && <Made name={made.name} text={made.text} />}
      {keys.length === 0
        ? (
          <p class="lead">
            There are no keys, so anybody on this machine can use the service. As soon as you make one, each request
            needs a key. Make one for yourself first, with the scope <code>admin</code>.
          </p>
        )
        : <KeyList keys={keys} />}
      <KeyForm refused={refused} />
    </Layout>,
    refused === undefined ? 200 : 422,
  );
}

function Made({ name, text }: { name: string; text: string }): JSX.Element {
  return (
    <section class="made" aria-labelledby="made">
      <h2 id="made">The key “{name}” is made</h2>
      <p>Copy it now and keep it in a safe place. Storewatch keeps only its hash and cannot show it again.</p>
      <p class="secret">
        <code>{text}</code>
      </p>
    </section>
  );
}

const STATES = { valid: "Can be used", expired: "Expired", revoked: "Revoked" } as const;

function KeyList({ keys }: { keys: readonly AccessKey[] }): JSX.Element {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label="Keys">
      <table class="list">
        <thead>
          <tr>
            {["Name", "Scopes", "Stores", "Begins with", "Made", "Expires", "Last use", "State"].map((head) => (
              <th scope="col">{head}</th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>{keys.map((key) => <Row key_={key} />)}</tbody>
      </table>
    </div>
  );
}

function Row(
  { key_: { name, scopes, where, beginning, madeAt, expiresAt, lastUsedAt, state } }: { key_: AccessKey },
): JSX.Element {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{scopes.join(", ")}</td>
      <td>{where === null ? "All" : filterText(where)}</td>
      <td>
        <code>{beginning}…</code>
      </td>
      <td>
        <Time at={madeAt} style="full" />
      </td>
      <td>{expiresAt === null ? "Never" : <Time at={expiresAt} style="full" />}</td>
      <td>{lastUsedAt === null ? "Never" : <Time at={lastUsedAt} style="full" />}</td>
      <td>{STATES[state]}</td>
      <td>{state !== "revoked" && <Revoke name={name} />}</td>
    </tr>
  );
}

function Revoke({ name }: { name: string }): JSX.Element {
  return (
    <form class="inline" method="post" action="/keys/revoke">
      <input type="hidden" name="name" value={name} />
      <button type="submit" aria-label={`Revoke the key ${name}`}>Revoke</button>
    </form>
  );
}

function KeyForm({ refused }: Pick<KeysParts, "refused">): JSX.Element {
  const { fault, values = {} } = refused ?? {};
  return (
    <section aria-labelledby="new">
      <h2 id="new">New key</h2>
      {fault !== undefined && <p class="trouble" role="alert">{fault}.</p>}
      <form class="fields" method="post" action="/keys">
        <p class="field">
          <label for="name">Name</label>
          <input id="name" name="name" required maxlength={64} value={values.name} aria-describedby="name-note" />
        </p>
        <p class="note" id="name-note">What the key is for: {KEY_NAME_FORM}. The audit shows it.</p>
        <fieldset>
          <legend>What it may do</legend>
          {SCOPES.map((scope) => (
            <label class="choice">
              <input type="checkbox" name="scope" value={scope} checked={values[`scope.${scope}`] === "yes"} />
              <span>
                <b>{scope}</b>
                <small>{SCOPE_WORDS[scope]}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <p class="field">
          <label for="where">Stores</label>
          <input id="where" name="where" placeholder="all" value={values.where} aria-describedby="where-note" />
        </p>
        <p class="note" id="where-note">
          Tags: {TAG_FILTER_FORM}. The key sees these stores alone. Leave it empty for all stores.
        </p>
        <p class="field">
          <label for="expires">Expires</label>
          <input
            id="expires"
            name="expires"
            placeholder="never"
            value={values.expires}
            aria-describedby="expires-note"
          />
        </p>
        <p class="note" id="expires-note">When: {EXPIRY_FORM}. Leave it empty for a key that does not expire.</p>
        <p>
          <button class="main" type="submit">Make a key</button>
        </p>
      </form>
    </section>
  );
}
