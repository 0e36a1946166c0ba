import type { JSX } from "hono/jsx/jsx-runtime";

/** Loads files that you drop or choose. With JavaScript, it takes several at a time. */
export function Uploader(): JSX.Element {
  return (
    <div data-uploader>
      <form class="drop" method="post" action="/imports" enctype="multipart/form-data">
        <p class="say">
          <label for="file">
            <b>Drop files here</b> or choose them
          </label>
        </p>
        <p>
          <input
            id="file"
            name="file"
            type="file"
            required
            accept=".csv,.json,.jsonl,.jsonld,.ics,.gz,text/csv,application/json,text/calendar,application/gzip"
          />
          <button type="submit" class="main unscripted">Load</button>
        </p>
        <p class="note">
          CSV files of polls, business hours, special hours, exclusions, time zones and stores; JSON files of locations
          with their hours (Google Business Profile, schema.org); iCalendar files of holidays. Plain or gzipped. Loading
          a file twice changes nothing.
        </p>
      </form>
      <ul class="uploads" aria-label="Files being loaded"></ul>
      <p class="said unseen" role="status"></p>
    </div>
  );
}
