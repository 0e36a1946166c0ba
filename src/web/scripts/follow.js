// Keeps what is marked as live up to date: what is down now, the latest poll, and whether there is newer data than a page shows.

import { fetchPage } from "./fetch_page.js";

const WAIT_MS = 2_000;
const MOST_WAIT_MS = 30_000;

let wait = WAIT_MS;
later();

function later() {
  setTimeout(look, wait);
}

async function look() {
  try {
    if (!document.hidden) await renewLive();
    wait = WAIT_MS;
  } catch {
    wait = Math.min(wait * 2, MOST_WAIT_MS);
  }
  later();
}

/** One small page has most of it. The page itself is read again only when the latest poll is another one. */
async function renewLive() {
  const before = latest();
  take(await fetchPage(document.querySelector("#down-now")?.dataset.from ?? "/now"));
  const own = [
    ...document.querySelectorAll("[data-live]:not(#latest-poll, #down-now)"),
  ];
  if (own.length > 0 && latest() !== before) {
    take(await fetchPage(location.href));
  }
}

function latest() {
  return document.querySelector("#latest-poll")?.dataset.latest;
}

function take(page) {
  for (const part of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(part.id);
    if (fresh === null || part.isEqualNode(fresh)) continue;
    replace(part, document.importNode(fresh, true));
  }
}

/** A link that has the focus keeps it, if it is still there. */
function replace(part, fresh) {
  const { activeElement } = document;
  const address = part.contains(activeElement) ? activeElement.getAttribute("href") : null;
  part.replaceWith(fresh);
  if (address !== null) {
    fresh.querySelector(`a[href="${CSS.escape(address)}"]`)?.focus({
      preventScroll: true,
    });
  }
}
