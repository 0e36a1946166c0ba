// Sorts, searches and turns pages without loading the whole page: only the rows are taken from the answer.

const form = document.querySelector("[data-filters]");
const WAIT_MS = 200;

if (form !== null) {
  let timer;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    show(addressOfForm());
  });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => form.checkValidity() && show(addressOfForm()), WAIT_MS);
  });
  document.addEventListener("click", follow);
  addEventListener("popstate", () => show(location.href, { isNew: false }));
}

function follow(event) {
  const link = event.target.closest("[data-rows] thead a, .pager a, [data-clear]");
  if (link === null || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if ("clear" in link.dataset) empty();
  const { sort } = link.dataset;
  show(link.href).then(() => {
    // Keep the keyboard where it was.
    const again = sort === undefined ? document.querySelector("[data-rows] .scroll") : headOf(sort);
    again?.focus({ preventScroll: sort !== undefined });
  });
}

function headOf(sort) {
  return document.querySelector(`[data-rows] a[data-sort="${sort}"]`);
}

function empty() {
  for (const field of form.querySelectorAll("input:not([type=hidden], [type=checkbox]), select")) field.value = "";
  for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = false;
}

function addressOfForm() {
  const parameters = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...parameters]) if (value === "") parameters.delete(name);
  return `${form.action}?${parameters}`;
}

let latest = 0;

async function show(address, { isNew = true } = {}) {
  const ticket = ++latest;
  const rows = document.querySelector("[data-rows]");
  rows.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // A later question may have been answered before this one.
    if (ticket !== latest) return;
    take(page);
    if (isNew) history.pushState(null, "", address);
  } catch {
    location.href = address;
  } finally {
    rows.removeAttribute("aria-busy");
  }
}

function take(page) {
  document.querySelector("[data-rows]").replaceChildren(...page.querySelector("[data-rows]").childNodes);
  document.querySelector("[data-found]").textContent = page.querySelector("[data-found]").textContent;
  for (const name of ["sort", "dir"]) {
    form.elements[name].value = page.querySelector(`[data-filters] [name=${name}]`).value;
  }
}
