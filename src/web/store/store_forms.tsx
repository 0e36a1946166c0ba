import { type Context, Hono, type MiddlewareHandler } from "hono";
import { addExclusion } from "../../actions/calendar/add_exclusion.ts";
import { putSpecialHours } from "../../actions/calendar/put_special_hours.ts";
import { removeSpecialHours } from "../../actions/calendar/remove_special_hours.ts";
import { withdrawExclusion } from "../../actions/calendar/withdraw_exclusion.ts";
import type { ActionContext } from "../../actions/context.ts";
import { Refusal } from "../../actions/refusal.ts";
import { ALL_STORES } from "../../db/stores/staging.ts";
import { saveExclusion } from "../calendar/save_exclusion.ts";
import { faultsOf, type FormState, textsOf } from "../calendar/form_state.ts";
import { specialOpenings } from "../calendar/special_openings.ts";
import { needs } from "../access/needs.ts";
import type { Assets } from "../kit/asset.ts";
import type { WebDeps } from "../kit/deps.ts";
import { storeAddress } from "../kit/links.ts";
import { latestKnown } from "../kit/latest_known.ts";
import { MessagePage } from "../kit/message_page.tsx";
import { respond } from "../kit/respond.ts";
import { pageContext } from "../calendar/page_context.ts";
import { storePage } from "./store_page.tsx";

/** A form that was sent. */
interface Sent {
  readonly context: ActionContext;
  readonly storeId: string;
  readonly exclusionId: string;
  readonly values: Readonly<Record<string, string>>;
}

interface StoreForm {
  readonly form: FormState["form"];
  /** The action that the form asks for. @returns the part of the page to show then */
  readonly send: (sent: Sent) => Promise<string>;
  readonly fieldOf?: (sent: Sent, field: string) => string;
}

const EXCLUDE: StoreForm = {
  form: "exclude",
  async send({ context, storeId, values: { from = "", to = "", kind = "", reason = "" } }) {
    const { exclusionId } = await addExclusion(context, { stores: { ids: [storeId] }, from, to, kind, reason });
    return `exclusion-${exclusionId}`;
  },
};

const CHANGE: StoreForm = {
  form: "change",
  async send({ context, exclusionId, values }) {
    await saveExclusion(context, exclusionId, values);
    return `exclusion-${exclusionId}`;
  },
};

const WITHDRAW: StoreForm = {
  form: "change",
  async send({ context, exclusionId }) {
    await withdrawExclusion(context, exclusionId);
    return "exclusions";
  },
};

const SPECIAL: StoreForm = {
  form: "special",
  async send({ context, storeId, values }) {
    const { date = "", reason } = values;
    const openings = specialOpenings(values).map(({ times }) => times);
    await putSpecialHours(context, { storeId, date }, { openings, reason });
    return "special-dates";
  },
  fieldOf: ({ values }, field) => specialOpenings(values).find(({ fields }) => field in fields)?.fields[field] ?? field,
};

const REMOVE_SPECIAL: StoreForm = {
  form: "special",
  async send({ context, storeId, values: { date = "" } }) {
    await removeSpecialHours(context, { storeId, date });
    return "special-dates";
  },
};

interface StoreFormsParts {
  readonly assets: () => Promise<Assets>;
  /** Refuses forms that are too long. */
  readonly form: MiddlewareHandler;
}

/** The forms of a store's page that change its calendar. Each leads back to the page, or shows what is wrong beside itself. */
export function storeForms(deps: WebDeps, { assets, form: small }: StoreFormsParts): Hono {
  const answer = (form: StoreForm) => async (c: Context) => await submit(c, deps, { form, assets });
  return new Hono()
    .post("/stores/:id/exclude", needs("manage"), small, answer(EXCLUDE))
    .post("/stores/:id/exclusions/:exclusion/change", needs("manage"), small, answer(CHANGE))
    .post("/stores/:id/exclusions/:exclusion/withdraw", needs("manage"), small, answer(WITHDRAW))
    .post("/stores/:id/special-date", needs("manage"), small, answer(SPECIAL))
    .post("/stores/:id/special-date/remove", needs("manage"), small, answer(REMOVE_SPECIAL));
}

interface SubmitParts {
  readonly form: StoreForm;
  readonly assets: () => Promise<Assets>;
}

async function submit(c: Context, deps: WebDeps, { form, assets }: SubmitParts): Promise<Response> {
  const values = textsOf(await c.req.parseBody());
  const [storeId, exclusionId] = [c.req.param("id") ?? "", c.req.param("exclusion") ?? ""];
  // No store has this id: actions take it as a rule for all stores.
  if (storeId === ALL_STORES) return await noSuchStore(deps, assets);
  const sent = { context: pageContext(c, deps), storeId, exclusionId, values };
  try {
    const part = await form.send(sent);
    const { searchParams } = new URL(c.req.url);
    searchParams.delete("change");
    return c.redirect(`${storeAddress(storeId)}${searchParams.size === 0 ? "" : `?${searchParams}`}#${part}`, 303);
  } catch (error) {
    if (error instanceof Refusal && error.code === "unknown-store") return await noSuchStore(deps, assets);
    const faults = faultsOf(error, (field) => form.fieldOf?.(sent, field) ?? field);
    const state = { form: form.form, subject: exclusionId, values, faults };
    return await storePage(c, deps, { assets: await assets(), storeId, state }) ?? await noSuchStore(deps, assets);
  }
}

async function noSuchStore(deps: WebDeps, assets: () => Promise<Assets>): Promise<Response> {
  return await respond(
    <MessagePage assets={await assets()} title="No store has this id" latest={await latestKnown(deps)}>
      <p class="lead">It may have been removed meanwhile. Nothing was changed.</p>
    </MessagePage>,
    404,
  );
}
