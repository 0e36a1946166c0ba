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
  let failed = 0;
  for (const { file, item } of items) {
    status.textContent = `Loading ${file.name}`;
    if (!(await load(file, item))) failed++;
  }
  status.textContent = failed === 0 ? `${files.length} loaded` : `${failed} of ${files.length} could not be loaded`;
  await refresh();
  if (failed < files.length) document.querySelector(".then")?.removeAttribute("hidden");
}

function addItem(uploader, file) {
  const item = document.createElement("li");
  const name = document.createElement("p");
  const words = document.createElement("p");
  const bar = document.createElement("progress");
  name.textContent = file.name;
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
      const isLoaded = request.status === 200;
      bar.value = isLoaded ? 1 : 0;
      words.textContent = isLoaded ? told(request.response) : whyNot(request.response);
      words.classList.toggle("failed", !isLoaded);
      resolve(isLoaded);
    });
    request.send(body);
  });
}

function told({ kind, accepted, rejected }) {
  const number = (count) => count.toLocaleString("en");
  return `${number(accepted)} ${kind}${rejected === 0 ? "" : `, ${number(rejected)} rejected`}`;
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
