// Loads files one after the other, dropped or chosen, with their progress. Then shows what became of them.

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

async function loadAll(uploader, files) {
  const status = uploader.querySelector("[role=status]");
  const items = files.map((file) => ({ file, item: addItem(uploader, file) }));
  const outcomes = [];
  for (const { file, item } of items) {
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
  const name = document.createElement("p");
  const words = document.createElement("p");
  const bar = document.createElement("progress");
  name.textContent = file.name;
  name.className = "name";
  words.textContent = "Waiting";
  words.className = "words quiet";
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  item.append(name, words, bar);
  uploader.querySelector(".uploads").append(item);
  return { words, bar };
}

/** An XMLHttpRequest, since fetch does not tell how much has been sent. */
function load(file, { words, bar }) {
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
      const outcome = request.status === 200 ? outcomeOf(request.response) : "failed";
      bar.value = outcome === "failed" ? 0 : 1;
      words.replaceChildren(...(request.status === 200 ? told(request.response) : [whyNot(request.response)]));
      words.classList.add(outcome);
      resolve(outcome);
    });
    request.send(body);
  });
}

function outcomeOf({ accepted, rejected }) {
  if (rejected === 0) return "loaded";
  return accepted === 0 ? "failed" : "partly";
}

const NOUNS = {
  polls: ["poll", "polls"],
  hours: ["row of business hours", "rows of business hours"],
  timezones: ["time zone", "time zones"],
};

/** What was loaded, and a link to what was not. */
function told({ import_id: id, kind, rows, accepted, rejected }) {
  const loaded = counted(accepted, ...(NOUNS[kind] ?? ["row", "rows"]));
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

/** What is there, and what was loaded, as the data page says it now. */
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
