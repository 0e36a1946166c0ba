// Follows what is being made, over the service's event streams. Without script, the page is loaded anew now and then.

for (const part of document.querySelectorAll("[data-events]")) follow(part);

function follow(part) {
  const bar = part.querySelector("progress");
  const said = part.querySelector(".said");
  const events = new EventSource(part.dataset.events);
  events.addEventListener("progress", ({ data }) => show(JSON.parse(data), bar, said));
  for (const end of ["completed", "failed", "cancelled"]) {
    events.addEventListener(end, ({ data }) => {
      events.close();
      show(JSON.parse(data), bar, said);
      // The page has more to say now.
      location.reload();
    });
  }
}

function show({ status, progress: { stores_done: done, stores_total: total } }, bar, said) {
  if (total === null || status === "Started") return;
  bar.max = total;
  bar.value = done;
  said.textContent = `${done.toLocaleString("en")} of ${total.toLocaleString("en")} stores`;
}
