// Sorts, filters and changes pages without loading the whole page: it takes only the rows from the answer.

import { fetchPage } from "./fetch_page.js";

const form = document.querySelector("[data-filters]");
const WAIT_MS = 200;

/** Links, menus and boxes each add a step for Back. Typing changes the current step. */
const HISTORY = {
  choose: (address) => address === location.href || history.pushState(null, "", address),
  type: (address) => history.replaceState(null, "", address),
  back: () => {},
};

if (form !== null) {
  const away = document.querySelector("[data-away]");
  let timer;
  let kind = "type";
  const showForm = () => {
    clearTimeout(timer);
    if (form.checkValidity()) show(addressOfForm(), kind);
    kind = "type";
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    showForm();
  });
  form.addEventListener("input", ({ target }) => {
    if (target.matches("select, [type=checkbox]")) kind = "choose";
    clearTimeout(timer);
    timer = setTimeout(showForm, WAIT_MS);
  });
  document.addEventListener("click", (event) => {
    if (follow(event)) clearTimeout(timer);
  });
  addEventListener("popstate", () => {
    clearTimeout(timer);
    show(location.href, "back", { fields: true });
  });
  away.querySelector("button").addEventListener("click", () => again());
}

/** @returns whether the click was on a link that changes the rows */
function follow(event) {
  const link = event.target.closest("[data-rows] thead a, .pager a, [data-clear]");
  if (link === null || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return false;
  event.preventDefault();
  const { sort } = link.dataset;
  show(link.href, "choose", { fields: true }).then(() => {
    // Keep the keyboard focus.
    const head = sort === undefined ? document.querySelector("[data-rows] .scroll") : headOf(sort);
    head?.focus({ preventScroll: sort !== undefined });
  });
  return true;
}

function headOf(sort) {
  return document.querySelector(`[data-rows] a[data-sort="${sort}"]`);
}

function addressOfForm() {
  const parameters = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
  return `${form.action}?${parameters}`;
}

let latest = 0;
/** Repeats the last request that failed. */
let again = () => {};

/** @param fields whether to copy the filters of the answer into the form */
async function show(address, kind, { fields = false } = {}) {
  const ticket = ++latest;
  const rows = document.querySelector("[data-rows]");
  rows.setAttribute("aria-busy", "true");
  try {
    const page = await fetchPage(address);
    // A later request may get its answer first.
    if (ticket !== latest) return;
    take(page, fields);
    HISTORY[kind](address);
    say(undefined);
  } catch (error) {
    if (ticket !== latest) return;
    again = () => show(address, kind, { fields });
    say(error.message);
  } finally {
    if (ticket === latest) rows.removeAttribute("aria-busy");
  }
}

/** Shows why the rows could not be loaded, or hides the message. */
function say(trouble) {
  const away = document.querySelector("[data-away]");
  away.hidden = trouble === undefined;
  away.querySelector("[data-reason]").textContent = trouble ?? "";
}

function take(page, fields) {
  const rows = page.querySelector("[data-rows]");
  if (rows === null) throw new Error("The report's rows are gone");
  document.querySelector("[data-rows]").replaceChildren(...rows.childNodes);
  document.querySelector("[data-found]").textContent = page.querySelector("[data-found]").textContent;
  const own = [...form.elements];
  for (const { name, type, value, checked } of page.querySelector("[data-filters]").elements) {
    if (name === "" || !(fields || type === "hidden")) continue;
    const isBox = type === "checkbox";
    const field = own.find((each) => each.name === name && (!isBox || each.value === value));
    if (field === undefined) continue;
    if (isBox) field.checked = checked;
    else field.value = value;
  }
  for (const words of form.querySelectorAll("[data-tag]")) {
    const fresh = page.querySelector(`[data-filters] [data-tag="${words.dataset.tag}"]`);
    if (fresh !== null) words.textContent = fresh.textContent;
  }
}
