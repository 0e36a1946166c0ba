// Follows reports in progress through event streams. Without JavaScript, the page reloads every few seconds.

import { renew } from "./renew.js";

const QUIET_MS = 30_000;
const RETRY_MS = 5_000;
const PATIENCE_MS = 10_000;

/** The final states of a report, in words. */
const ENDS = { Completed: "Complete.", Failed: "Failed.", Cancelled: "Cancelled.", Deleted: "Deleted." };

const followed = new WeakSet();
followAll();

function followAll() {
  for (const part of document.querySelectorAll("[data-events]:not([data-ended])")) {
    if (!followed.has(part)) follow(part);
    followed.add(part);
  }
}

/** A broken connection may stay silent. So without news for 30 s, this reads the report itself. */
function follow(part) {
  let events;
  let timer;
  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(check, wait);
  };
  const take = (report) => {
    if ("ended" in part.dataset) return;
    show(part, report);
    if (report.status in ENDS) end();
    else later(QUIET_MS);
  };
  const end = () => {
    events.close();
    clearTimeout(timer);
    part.dataset.ended = "";
    renew().then(followAll, () => {});
  };
  const lose = () => {
    if ("ended" in part.dataset) return;
    part.querySelector("[data-late]").hidden = false;
    later(RETRY_MS);
  };
  const connect = () => {
    events = new EventSource(part.dataset.events);
    for (const type of ["progress", "completed", "failed", "cancelled"]) {
      events.addEventListener(type, ({ data }) => take(JSON.parse(data)));
    }
    events.addEventListener("error", lose);
  };
  const check = async () => {
    const report = await readReport(part.dataset.report);
    if (report === undefined) return lose();
    // After a refusal, the browser does not connect again by itself.
    if (events.readyState === EventSource.CLOSED && !(report.status in ENDS)) connect();
    take(report);
  };
  connect();
  later(QUIET_MS);
}

/** @returns undefined if the service does not answer */
async function readReport(address) {
  try {
    const answer = await fetch(address, {
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (answer.status === 404) return { status: "Deleted" };
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}

function show(part, report) {
  part.querySelector("[data-late]").hidden = true;
  if (report.status in ENDS) showEnd(part, report);
  else showProgress(part, report.progress);
}

function showProgress(part, { stores_done: done, stores_total: total }) {
  if (total === null) return;
  const bar = part.querySelector("progress");
  bar.max = total;
  bar.value = done;
  const stores = total === 1 ? "store" : "stores";
  part.querySelector(".said").textContent = `${done.toLocaleString("en")} of ${total.toLocaleString("en")} ${stores}`;
}

function showEnd(part, { status }) {
  const bar = part.querySelector("progress");
  if (status === "Completed") bar.value = bar.max;
  part.querySelector("form").remove();
  const said = part.querySelector(".said");
  said.textContent = ENDS[status];
  if (status === "Deleted") return;
  const link = document.createElement("a");
  link.href = part.dataset.report;
  link.textContent = "See the report";
  said.append(" ", link);
}
