import type { JSX } from "hono/jsx/jsx-runtime";
import { ImportList } from "../data/import_list.tsx";
import { Uploader } from "../data/uploader.tsx";

/** What the database lacks: everything, or only the polls that a report needs. */
export type Missing = "stores" | "polls";

/** Shows how to start while there is nothing to report. */
export function Begin({ missing }: { missing: Missing }): JSX.Element {
  return (
    <>
      {missing === "polls" ? <NoPolls /> : <NoStores />}
      <section class="begin" aria-labelledby="load">
        <h2 id="load">Load your files</h2>
        <Uploader />
        <p class="then" hidden>
          <a class="button main" href="/">Continue to the first report</a>
        </p>
      </section>
      {missing === "stores" && <Sample />}
      <div hidden>
        <ImportList imports={[]} />
      </div>
    </>
  );
}

function NoStores(): JSX.Element {
  return (
    <>
      <h1>Which stores lose hours, and why?</h1>
      <p class="lead">
        Storewatch needs three files: polls (which stores were up or down, and when), business hours and time zones. It
        then shows how long each store was up and down in the last hour, day and week.
      </p>
    </>
  );
}

function NoPolls(): JSX.Element {
  return (
    <>
      <h1>Stores are loaded, but no polls yet</h1>
      <p class="lead">
        A report needs polls: a file that says when each store was active or inactive. The <a href="/data">data page</a>
        {" "}
        shows what is loaded.
      </p>
    </>
  );
}

function Sample(): JSX.Element {
  return (
    <section class="begin" aria-labelledby="sample">
      <h2 id="sample">Or try it with sample data</h2>
      <form method="post" action="/sample">
        <p>Creates 500 invented stores with eight days of polls, and their report. This takes a few seconds.</p>
        <p>
          <button type="submit" class="main" data-busy="Creating sample data…">Create sample data</button>
        </p>
      </form>
    </section>
  );
}
