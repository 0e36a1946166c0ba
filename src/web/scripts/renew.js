import { fetchPage } from "./fetch_page.js";

let renewals = 0;

/**
 * Brings this page up to date and replaces only what changed. Elements marked `data-keep` stay, with what was typed into them,
 * at the same place on the screen.
 */
export async function renew() {
  const ticket = ++renewals;
  const page = await fetchPage(location.href);
  // A later renewal has newer content.
  if (ticket !== renewals) return;
  const [main, fresh] = [document, page].map((each) => each.querySelector("main"));
  if (keptChild(main) && keptChild(fresh)) keepRows(main, fresh);
  inPlace(main.querySelector("[data-keep]"), () => become(main, fresh));
  document.title = page.title;
  addScripts(page);
}

/** Turns an element into another one, except for the kept element in it. */
function become(now, fresh) {
  if (now.isEqualNode(fresh) || now.matches("[data-keep]")) return;
  const kept = keptChild(now);
  const freshKept = keptChild(fresh);
  if (kept === undefined || freshKept === undefined) {
    now.replaceWith(fresh);
    return;
  }
  now.className = fresh.className;
  const [before, after] = around(now, kept);
  const [freshBefore, freshAfter] = around(fresh, freshKept);
  becomeAll(before, freshBefore, (node) => kept.before(node));
  becomeAll(after, freshAfter, (node) => now.append(node));
  become(kept, freshKept);
}

/** The child that is kept or contains the kept element. */
function keptChild(element) {
  return [...element.children].find((child) => child.matches("[data-keep], :has([data-keep])"));
}

function around(parent, child) {
  const children = [...parent.children];
  const place = children.indexOf(child);
  return [children.slice(0, place), children.slice(place + 1)];
}

/** Equal elements stay untouched, so they keep focus and scroll position. */
function becomeAll(olds, news, addLast) {
  const nodes = news.map((node) => olds.find((old) => old.isEqualNode(node)) ?? node);
  for (const old of olds) if (!nodes.includes(old)) old.remove();
  const left = olds.filter((old) => nodes.includes(old));
  for (const node of nodes) {
    if (node === left[0]) left.shift();
    else if (left.length > 0) left[0].before(node);
    else addLast(node);
  }
}

/** Finished reports stay in the list until you leave the page, so that nothing below them moves. New reports are added. */
function keepRows(main, fresh) {
  const section = main.querySelector(".running");
  const next = fresh.querySelector(".running");
  if (section === null) return;
  section.querySelector(":scope > .quiet")?.remove();
  for (const part of next?.querySelectorAll("[data-events], :scope > .quiet") ?? []) {
    const known = part.dataset.events && section.querySelector(`[data-events="${part.dataset.events}"]`);
    if (!known) section.append(part);
  }
  const copy = section.cloneNode(true);
  if (next === null) fresh.querySelector(":scope > section, :scope > .two").before(copy);
  else next.replaceWith(copy);
}

/** Keeps the focused field at its place on the screen. The browser's scroll anchoring would move the page as well. */
function inPlace(form, change) {
  const field = document.activeElement;
  if (!form?.contains(field)) return change();
  const { style } = document.documentElement;
  const before = field.getBoundingClientRect().top;
  style.overflowAnchor = "none";
  change();
  scrollBy({ top: field.getBoundingClientRect().top - before, behavior: "instant" });
  requestAnimationFrame(() => style.overflowAnchor = "");
}

/** The new content may need scripts that the page did not have. */
function addScripts(page) {
  for (const { src } of page.querySelectorAll("script[src]")) {
    if ([...document.scripts].some((script) => script.src === src)) continue;
    const script = document.createElement("script");
    script.type = "module";
    script.src = src;
    document.head.append(script);
  }
}
