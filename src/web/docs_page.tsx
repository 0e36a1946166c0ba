import type { JSX } from "hono/jsx/jsx-runtime";
import type { Assets } from "./kit/asset.ts";
import type { WebDeps } from "./kit/deps.ts";
import { latestKnown } from "./kit/latest_known.ts";
import { Layout } from "./kit/layout.tsx";
import { respond } from "./kit/respond.ts";

/** A request that programs can send. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
}

/** Swagger UI writes styles into its elements and has its icons in data: addresses; scripts come from here only. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** `GET /docs`: the requests that programs can send. With JavaScript, Swagger UI replaces the table. */
export async function docsPage(
  deps: Pick<WebDeps, "states">,
  assets: Assets,
  operations: readonly Operation[],
): Promise<Response> {
  const answer = await respond(
    <Layout
      assets={assets}
      latest={await latestKnown(deps)}
      title="API documentation"
      description="Every request to Storewatch, with its parameters and answers. You can try each one."
      style="docs.css"
    >
      <h1>API documentation</h1>
      <p class="lead">
        The <a href="/openapi.json">OpenAPI document</a>{" "}
        describes every request. With JavaScript, you can try them here.
      </p>
      <link rel="stylesheet" href="/docs/swagger-ui.css" />
      <div id="docs">
        <OperationTable operations={operations} />
      </div>
      <script src="/docs/swagger-ui-bundle.js" defer></script>
      <script src="/docs/start.js" defer></script>
    </Layout>,
  );
  answer.headers.set("Content-Security-Policy", POLICY);
  return answer;
}

function OperationTable({ operations }: { operations: readonly Operation[] }): JSX.Element {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label="Requests">
      <table class="list">
        <thead>
          <tr>
            <th scope="col">Method</th>
            <th scope="col">Path</th>
            <th scope="col">What it does</th>
          </tr>
        </thead>
        <tbody>
          {operations.map(({ method, path, summary }) => (
            <tr>
              <td>{method}</td>
              <th scope="row">
                <code>{path}</code>
              </th>
              <td>{summary}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
