import { type Context, Hono, type MiddlewareHandler } from "hono";
import { addExclusion } from "../../actions/calendar/add_exclusion.ts";
import { withdrawExclusion } from "../../actions/calendar/withdraw_exclusion.ts";
import type { ActionContext } from "../../actions/context.ts";
import type { StoreChoice } from "../../db/stores/chosen_stores.ts";
import { faultsOf, type FormState, textsOf } from "../calendar/form_state.ts";
import { saveExclusion } from "../calendar/save_exclusion.ts";
import { needs } from "../access/needs.ts";
import type { Assets } from "../kit/asset.ts";
import type { WebDeps } from "../kit/deps.ts";
import { pageContext } from "../calendar/page_context.ts";
import { type AskedTags, readTags } from "../tags/asked_tags.ts";
import { addressOf, readAsked } from "./asked_exclusions.ts";
import { exclusionsPage } from "./exclusions_page.tsx";

/** A form that was sent. */
interface Sent {
  readonly context: ActionContext;
  readonly exclusionId: string;
  readonly values: Readonly<Record<string, string>>;
  /** The tags that the form chose. */
  readonly tags: AskedTags;
}

interface ExclusionsForm {
  readonly form: FormState["form"];
  /** The action that the form asks for. @returns the id of the exclusion */
  readonly send: (sent: Sent) => Promise<string>;
}

const ADD: ExclusionsForm = {
  form: "exclude",
  async send({ context, values, tags }) {
    const { from = "", to = "", kind = "", reason = "" } = values;
    const { exclusionId } = await addExclusion(context, { stores: choiceOf(values, tags), from, to, kind, reason });
    return exclusionId;
  },
};

/** Without a scope, or without tags, no store is chosen: the action says so. */
function choiceOf({ scope, ids = "" }: Readonly<Record<string, string>>, { filter = {} }: AskedTags): StoreChoice {
  if (scope === "all") return "all";
  return scope === "tags" ? { where: filter } : { ids: ids.split(/[\s,;]+/).filter((id) => id !== "") };
}

const CHANGE: ExclusionsForm = {
  form: "change",
  async send({ context, exclusionId, values }) {
    await saveExclusion(context, exclusionId, values);
    return exclusionId;
  },
};

const WITHDRAW: ExclusionsForm = {
  form: "change",
  async send({ context, exclusionId }) {
    await withdrawExclusion(context, exclusionId);
    return exclusionId;
  },
};

interface ExclusionsFormsParts {
  readonly assets: () => Promise<Assets>;
  /** Refuses forms that are too long. */
  readonly form: MiddlewareHandler;
}

/** The forms of the page of exclusions. Each leads back to the list, or shows what is wrong beside itself. */
export function exclusionsForms(deps: WebDeps, { assets, form: small }: ExclusionsFormsParts): Hono {
  const answer = (form: ExclusionsForm) => async (c: Context) =>
    await submit(c, deps, { form, assets: await assets() });
  return new Hono()
    .post("/exclusions/add", needs("manage"), small, answer(ADD))
    .post("/exclusions/:exclusion/change", needs("manage"), small, answer(CHANGE))
    .post("/exclusions/:exclusion/withdraw", needs("manage"), small, answer(WITHDRAW));
}

interface SubmitParts {
  readonly form: ExclusionsForm;
  readonly assets: Assets;
}

async function submit(c: Context, deps: WebDeps, { form, assets }: SubmitParts): Promise<Response> {
  const body = await c.req.parseBody({ all: true });
  const values = textsOf(body);
  const exclusionId = c.req.param("exclusion") ?? "";
  const tags = readTags(new URLSearchParams([body.where ?? []].flat().map((text) => ["where", String(text)])));
  try {
    const id = await form.send({ context: pageContext(c, deps), exclusionId, values, tags });
    return c.redirect(`${addressOf(readAsked(new URL(c.req.url).searchParams))}#exclusion-${id}`, 303);
  } catch (error) {
    const state = { form: form.form, subject: exclusionId, values, faults: faultsOf(error), tags };
    return await exclusionsPage(c, deps, { assets, state });
  }
}
