import { listImports } from "../../db/imports/import_list.ts";
import { firstRejects } from "../../db/imports/rejects.ts";
import { countKnownStores } from "../../db/stores/fleet_facts.ts";
import { countPolls } from "../../db/polls/count_polls.ts";
import { latestPoll } from "../../db/polls/latest_poll.ts";
import type { Sql } from "../../db/connection/client.ts";
import type { Assets } from "../kit/asset.ts";
import type { WebDeps } from "../kit/deps.ts";
import { Layout } from "../kit/layout.tsx";
import { respond } from "../kit/respond.ts";
import { Counts } from "./counts.tsx";
import { ImportList, type ShownImport } from "./import_list.tsx";
import { Uploader } from "./uploader.tsx";

const IMPORTS_SHOWN = 20;
const REJECTS_SHOWN = 20;

/** `GET /data`: what is loaded, and a form to load more. */
export async function dataPage({ sql, zoneRules }: WebDeps, assets: Assets): Promise<Response> {
  const [stores, polls, latest, imports] = await Promise.all([
    countKnownStores(sql),
    countPolls(sql),
    latestPoll(sql),
    shownImports(sql),
  ]);
  return await respond(
    <Layout assets={assets} title="Data" here="data" scripts={["upload.js"]} latest={{ at: latest }}>
      <h1>Data</h1>
      <Counts stores={stores} polls={polls} latest={latest} tzdata={zoneRules.version} />
      <p>
        <a href="/exclusions">Exclusions</a>: time that was taken out of the count, and by whom.
      </p>
      <section aria-labelledby="load">
        <h2 id="load">Load files</h2>
        <Uploader />
      </section>
      <ImportList imports={imports.slice(0, IMPORTS_SHOWN)} more={imports.length > IMPORTS_SHOWN} />
    </Layout>,
  );
}

async function shownImports(sql: Sql): Promise<ShownImport[]> {
  const imports = await listImports(sql, IMPORTS_SHOWN + 1);
  return await Promise.all(imports.map(async (file) => ({
    ...file,
    rejects: file.rejected === 0 ? [] : await firstRejects(sql, file.importId, REJECTS_SHOWN),
  })));
}
