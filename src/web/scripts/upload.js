// Checks files that you drop or choose, then loads them one after the other and shows the results.

for (const uploader of document.querySelectorAll("[data-uploader]")) open(uploader);
for (const button of document.querySelectorAll("[data-busy]")) {
  button.form.addEventListener("submit", () => {
    button.disabled = true;
    button.textContent = button.dataset.busy;
  });
}

function open(uploader) {
  const form = uploader.querySelector("form");
  const input = form.querySelector("input[type=file]");
  input.multiple = true;
  input.addEventListener("change", () => {
    loadAll(uploader, [...input.files]);
    form.reset();
  });
  for (const type of ["dragover", "dragenter"]) {
    form.addEventListener(type, (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
  }
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("over");
  });
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    loadAll(uploader, [...event.dataTransfer.files]);
  });
}

/** Checks all files first. If there is a warning, it asks before it loads them. */
async function loadAll(uploader, files) {
  if (files.length === 0) return;
  const status = uploader.querySelector("[role=status]");
  const entries = files.map((file) => ({ file, item: addItem(uploader, file) }));
  status.textContent = `Checking ${counted(files.length, "file", "files")}`;
  const checks = await check(entries);
  const good = entries.filter(({ item }, place) => showChecks(item, checks.filter(({ file }) => file === place)));
  const isClear = checks.every(({ status, warnings, form }) =>
    status === "checked" && warnings.length === 0 && form !== "iCalendar"
  );
  const what = checks.some(({ form }) => form === "iCalendar") ? "dates" : "warnings";
  if (good.length > 0 && !isClear && !(await ask(uploader, good.length, what))) {
    for (const { item } of good) say(item, "Not loaded");
    status.textContent = "Nothing was loaded";
    return;
  }
  await loadEach(uploader, good, files.length - good.length);
}

async function loadEach(uploader, entries, failed) {
  const status = uploader.querySelector("[role=status]");
  const outcomes = Array.from({ length: failed }, () => "failed");
  for (const { file, item } of entries) {
    status.textContent = `Loading ${file.name}`;
    outcomes.push(await load(file, item));
  }
  status.textContent = together(outcomes);
  await refresh();
  if (outcomes.some((outcome) => outcome !== "failed")) document.querySelector(".then")?.removeAttribute("hidden");
}

function together(outcomes) {
  const files = (outcome) => counted(outcomes.filter((other) => other === outcome).length, "file", "files");
  const words = [["loaded", "loaded"], ["partly", "loaded in part"], ["failed", "not loaded"]];
  return words.filter(([outcome]) => outcomes.includes(outcome)).map(([outcome, word]) => `${files(outcome)} ${word}`)
    .join(", ");
}

function addItem(uploader, file) {
  const item = document.createElement("li");
  const [name, words] = [paragraph(file.name, "name"), paragraph("Waiting", "words quiet")];
  const bar = document.createElement("progress");
  const notes = document.createElement("ul");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  notes.className = "checked";
  item.append(name, words, bar, notes);
  uploader.querySelector(".uploads").append(item);
  return { words, bar, notes };
}

/**
 * What loading the files would do: one answer per file, or several for a file of several kinds. They are checked together, because
 * one may have stores of another.
 */
async function check(entries) {
  const body = new FormData();
  for (const { file, item } of entries) {
    body.append("file", file);
    say(item, "Checking");
  }
  const failed = (reason) => entries.map((_, file) => ({ file, status: "failed", reason, warnings: [] }));
  try {
    const answer = await fetch("/imports?check=true", {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
    });
    const json = await answer.json();
    if (answer.ok) return Array.isArray(json) ? json : [json];
    return json.imports ?? failed(whyNot(json));
  } catch {
    return failed(whyNot());
  }
}

/** @returns whether the file can be loaded */
function showChecks(item, checks) {
  const failed = checks.find(({ status }) => status !== "checked");
  say(item, failed === undefined ? checks.map(foreseen).join("; ") : failed.reason, failed !== undefined);
  item.notes.replaceChildren(...checks.flatMap(notesOf));
  return failed === undefined;
}

function notesOf(
  { form, warnings, notices = [], first_rows: rows = [], rows: total, rejected, rejects = [], ...counts },
) {
  const { stores_new: made = 0, stores_new_first: first = [] } = counts;
  return [
    ...form === "iCalendar" ? [...dateNotes(rows, total - rejected), ...rejects.map(rejectNote)] : [],
    ...warnings.map(({ message, stores_total, stores }) => note(`${message}. ${named(stores_total, stores)}`)),
    ...made > 0 ? [note(`${made === 1 ? "New store" : "New stores"}: ${named(made, first)}`, "quiet")] : [],
    ...notices.map(({ message, count }) => note(`${message}: ${counted(count, "time", "times")}.`, "quiet")),
  ];
}

/** The dates of a calendar are a proposal: they are all shown before they are stored. */
function dateNotes(rows, good) {
  const words = ({ date, reason, store_id: store }) => [date, reason, store === "*" ? "all stores" : store];
  const more = good - rows.length;
  return [
    note("Closed on these dates:"),
    ...rows.map((row) => note(words(row).filter((word) => word !== "").join(", "))),
    ...more > 0 ? [note(`and ${counted(more, "more row", "more rows")}`, "quiet")] : [],
  ];
}

function rejectNote({ line, column, value, reason }) {
  return note(`Line ${line}, ${column ?? "the event"}: ${value ?? ""} ${reason}`);
}

const STORES_SHOWN = 5;

/** `a, b, c, d, e, and 14,087 more` */
function named(total, stores) {
  const shown = stores.slice(0, STORES_SHOWN);
  const more = total - shown.length;
  return [...shown, ...more > 0 ? [`and ${more.toLocaleString("en")} more`] : []].join(", ");
}

function note(text, className = "") {
  const made = document.createElement("li");
  made.textContent = text;
  made.className = className;
  return made;
}

function foreseen({ kind, rows, rejected, stores_new }) {
  const read = counted(rows, ...(NOUNS[kind] ?? ["row", "rows"]));
  const bad = rejected === 0 ? "" : `, ${rejected.toLocaleString("en")} would be rejected`;
  return `${read}${bad}, ${counted(stores_new, "new store", "new stores")}`;
}

/** Asks whether to load files despite warnings, or with the dates of a calendar. */
function ask(uploader, count, what) {
  const look = `Nothing is loaded yet. Look at the ${what}, then decide.`;
  const question = document.createElement("div");
  question.className = "ask";
  question.setAttribute("role", "group");
  question.setAttribute("aria-label", "Load or not");
  const [yes, no] = [button(`Load ${counted(count, "file", "files")}`, "main"), button("Do not load")];
  question.append(paragraph(look), yes, no);
  uploader.querySelector(".uploads").after(question);
  uploader.querySelector("[role=status]").textContent = look;
  return new Promise((resolve) => {
    const answer = (isYes) => () => {
      question.remove();
      resolve(isYes);
    };
    yes.addEventListener("click", answer(true));
    no.addEventListener("click", answer(false));
  });
}

/** Uses XMLHttpRequest, because fetch does not report upload progress. */
function load(file, item) {
  const { words, bar } = item;
  const body = new FormData();
  body.append("file", file);
  const request = new XMLHttpRequest();
  request.open("POST", "/imports");
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = loaded / total;
    words.textContent = loaded === total ? "Merging" : `${Math.floor(loaded / total * 100)} %`;
  });
  return new Promise((resolve) => {
    request.addEventListener("loadend", () => {
      const parts = [request.response].flat();
      const outcome = request.status === 200 ? outcomeOf(parts) : "failed";
      bar.value = outcome === "failed" ? 0 : 1;
      words.replaceChildren(...(request.status === 200 ? parts.flatMap(resultOf) : [whyNot(request.response)]));
      words.classList.add(outcome);
      resolve(outcome);
    });
    request.send(body);
  });
}

function outcomeOf(parts) {
  if (parts.every(({ rejected }) => rejected === 0)) return "loaded";
  return parts.every(({ accepted }) => accepted === 0) ? "failed" : "partly";
}

const NOUNS = {
  polls: ["poll", "polls"],
  hours: ["row of business hours", "rows of business hours"],
  "special-hours": ["row of special hours", "rows of special hours"],
  exclusions: ["exclusion", "exclusions"],
  timezones: ["time zone", "time zones"],
  stores: ["store", "stores"],
};

/** What was loaded, and a link to the rejected rows. */
function resultOf({ import_id: id, kind, rows, accepted, rejected }, place) {
  const loaded = `${place > 0 ? "; " : ""}${counted(accepted, ...(NOUNS[kind] ?? ["row", "rows"]))}`;
  if (rejected === 0) return [loaded];
  const link = document.createElement("a");
  link.href = `#import-${id}`;
  link.textContent = `${rejected.toLocaleString("en")} of ${counted(rows, "row", "rows")} rejected`;
  return [accepted === 0 ? "Nothing loaded, " : `${loaded} loaded, `, link];
}

function counted(number, noun, plural) {
  return `${number.toLocaleString("en")} ${number === 1 ? noun : plural}`;
}

function whyNot(problem) {
  return problem?.detail ?? "The service did not answer";
}

function say({ words }, text, isFailure = false) {
  words.textContent = text;
  words.classList.toggle("failed", isFailure);
}

function paragraph(text, className = "") {
  const made = document.createElement("p");
  made.textContent = text;
  made.className = className;
  return made;
}

function button(text, className = "") {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.className = className;
  return made;
}

/** Brings counts and loaded files up to date, from the data page. */
async function refresh() {
  const answer = await fetch("/data", { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of ["counts", "imports"]) {
    const part = document.getElementById(id);
    const fresh = page.getElementById(id);
    if (part !== null && fresh !== null) part.replaceWith(fresh);
  }
  document.getElementById("imports")?.parentElement?.removeAttribute("hidden");
}
