import type { JSX } from "hono/jsx/jsx-runtime";
import { ImportList } from "../data/import_list.tsx";
import { Uploader } from "../data/uploader.tsx";

/** Without stores there is nothing at all; without polls, nothing to report. */
export type Missing = "stores" | "polls";

/** What a database shows that has nothing to report yet: how to begin. */
export function Begin({ missing }: { missing: Missing }): JSX.Element {
  return (
    <>
      {missing === "polls" ? <NoPolls /> : <NoStores />}
      <section class="begin" aria-labelledby="load">
        <h2 id="load">Bring your files</h2>
        <Uploader />
        <p class="then" hidden>
          <a class="button main" href="/">Go on to the first report</a>
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
        Storewatch needs three files: when stores were seen up or down, when they are open, and in which time zone they
        are. Then it tells the uptime and downtime of each, for the last hour, day and week.
      </p>
    </>
  );
}

function NoPolls(): JSX.Element {
  return (
    <>
      <h1>There are stores, but no polls yet.</h1>
      <p class="lead">
        A report needs polls: load the file that says when stores were seen active or inactive. What is loaded already
        is on <a href="/data">the data page</a>.
      </p>
    </>
  );
}

function Sample(): JSX.Element {
  return (
    <section class="begin" aria-labelledby="sample">
      <h2 id="sample">Or look around with a sample</h2>
      <form method="post" action="/sample">
        <p>500 invented stores with eight days of polls, and a report about them. It takes a few seconds.</p>
        <p>
          <button type="submit" class="main" data-busy="Making the sample…">Make sample data</button>
        </p>
      </form>
    </section>
  );
}
