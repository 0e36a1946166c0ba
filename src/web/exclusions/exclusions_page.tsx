import type { Context } from "hono";
import type { JSX } from "hono/jsx/jsx-runtime";
import { listExclusions } from "../../db/calendars/exclusion_list.ts";
import { getExclusion, type StoredExclusion } from "../../db/calendars/exclusions.ts";
import { holdersOf } from "../../db/calendars/holders.ts";
import { listTagChoices, type TagValues } from "../../db/tags/tags.ts";
import { ExclusionForm } from "../calendar/exclusion_form.tsx";
import { type ExclusionAddresses, ExclusionTable } from "../calendar/exclusion_table.tsx";
import { FormTrouble } from "../calendar/field.tsx";
import type { FormState } from "../calendar/form_state.ts";
import type { Assets } from "../kit/asset.ts";
import type { WebDeps } from "../kit/deps.ts";
import { latestKnown } from "../kit/latest_known.ts";
import { Layout } from "../kit/layout.tsx";
import { respond } from "../kit/respond.ts";
import type { AskedTags } from "../tags/asked_tags.ts";
import { addressOf, type AskedExclusions, PAGE, readAsked, searchOf } from "./asked_exclusions.ts";
import { ChosenStores } from "./chosen_stores.tsx";
import { ExclusionFilters } from "./exclusion_filters.tsx";

/** A form of the page that was sent and cannot be used. */
export interface ExclusionsState extends FormState {
  /** The tags of the stores that it chose. */
  readonly tags: AskedTags;
}

interface ExclusionsPageParts {
  readonly assets: Assets;
  readonly state?: ExclusionsState;
}

/** `GET /exclusions` for browsers: what was taken out of the count, by whom and why, for all stores. */
export async function exclusionsPage(
  c: Context,
  deps: WebDeps,
  { assets, state }: ExclusionsPageParts,
): Promise<Response> {
  const { sql } = deps;
  const asked = readAsked(new URL(c.req.url).searchParams);
  const changing = asked.change ?? state?.subject;
  const [found, choices, before, latest] = await Promise.all([
    listExclusions(sql, searchOf(asked)),
    listTagChoices(sql),
    changing === undefined ? undefined : getExclusion(sql, changing),
    latestKnown(deps),
  ]);
  const shown = found.slice(0, PAGE);
  const next = found.length > PAGE ? shown.at(-1) : undefined;
  return await respond(
    <Layout assets={assets} title="Exclusions" here="data" latest={latest}>
      <h1>Exclusions</h1>
      <p class="lead">Time that somebody took out of the count, with a reason. It is neither uptime nor downtime.</p>
      <Change before={before} asked={asked} state={state?.form === "change" ? state : undefined} />
      <Add choices={choices} asked={asked} state={state?.form === "exclude" ? state : undefined} />
      <section aria-labelledby="list">
        <h2 id="list" class="unseen">List</h2>
        <ExclusionFilters asked={asked} choices={choices} />
        {shown.length === 0 ? <p class="quiet">No exclusions match.</p> : (
          <ExclusionTable
            exclusions={shown}
            label="Exclusions"
            addresses={addressesOf(asked)}
            holders={await holdersOf(sql, shown.filter(isForFew).map(({ exclusionId }) => exclusionId))}
          />
        )}
      </section>
      {next !== undefined && (
        <p>
          <a href={addressOf(asked, { after: `${next.madeAt}_${next.exclusionId}` })}>Older exclusions</a>
        </p>
      )}
    </Layout>,
    state === undefined ? 200 : 422,
  );
}

/** So many stores are named; more are counted. */
const MOST_NAMED = 3;

function isForFew({ isForAll, storesTotal }: StoredExclusion): boolean {
  return !isForAll && storesTotal <= MOST_NAMED;
}

function addressesOf(asked: AskedExclusions): ExclusionAddresses {
  return {
    withdraw: (id) => addressOf(asked, { path: `/${id}/withdraw` }),
    save: (id) => addressOf(asked, { path: `/${id}/change` }),
    change: (id) => `${addressOf(asked, { change: id })}#change`,
  };
}

interface ChangeProps {
  readonly before: StoredExclusion | undefined;
  readonly asked: AskedExclusions;
  readonly state: FormState | undefined;
}

function Change({ before, asked, state }: ChangeProps): JSX.Element | null {
  if (before === undefined || before.withdrawnAt !== undefined) return <FormTrouble state={state} />;
  return (
    <section class="edit" aria-labelledby="change">
      <h2 id="change">Change the exclusion{before.reason === "" ? "" : ` “${before.reason}”`}</h2>
      <ExclusionForm
        id="change-exclusion"
        action={addressesOf(asked).save(before.exclusionId)}
        before={before}
        state={state}
        submit="Save the change"
      />
    </section>
  );
}

interface AddProps {
  readonly choices: TagValues;
  readonly asked: AskedExclusions;
  readonly state: ExclusionsState | undefined;
}

function Add({ choices, asked, state }: AddProps): JSX.Element {
  return (
    <details class="edit" open={state !== undefined}>
      <summary>Add an exclusion</summary>
      <ExclusionForm id="exclude" action={addressOf(asked, { path: "/add" })} state={state} submit="Exclude this time">
        <ChosenStores choices={choices} tags={state?.tags ?? asked.tags} state={state} />
      </ExclusionForm>
    </details>
  );
}
