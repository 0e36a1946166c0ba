// Fills the form for an exclusion with a span that you draw over a day of the week with a mouse or a pen.

const form = document.querySelector("#exclude");
const MINUTES_OF_DAY = 24 * 60;
/** A form is exact to the minute, a hand is not. */
const STEP = 5;
/** A shorter way is a click. */
const LEAST_PIXELS = 8;

let drawn;

if (form !== null) {
  for (const day of document.querySelectorAll(".day[data-date]")) {
    day.addEventListener("pointerdown", (event) => begin(day, event));
  }
}

function begin(day, { button, pointerType, clientX, pointerId }) {
  // A finger scrolls the page.
  if (button !== 0 || pointerType === "touch") return;
  const from = clientX;
  const stop = new AbortController();
  const { signal } = stop;
  day.addEventListener("pointermove", (event) => {
    day.setPointerCapture(pointerId);
    draw(day, from, event.clientX);
  }, { signal });
  day.addEventListener("pointerup", (event) => {
    stop.abort();
    if (Math.abs(event.clientX - from) >= LEAST_PIXELS) fill(day, minuteAt(day, from), minuteAt(day, event.clientX));
    else drawn?.remove();
  }, { signal });
  day.addEventListener("pointercancel", () => (stop.abort(), drawn?.remove()), { signal });
}

function draw(day, from, to) {
  const [start, end] = [minuteAt(day, from), minuteAt(day, to)].sort((a, b) => a - b);
  drawn ??= document.createElementNS("http://www.w3.org/2000/svg", "rect");
  drawn.setAttribute("class", "drawn");
  drawn.setAttribute("height", "100%");
  drawn.setAttribute("x", `${start / MINUTES_OF_DAY * 100}%`);
  drawn.setAttribute("width", `${(end - start) / MINUTES_OF_DAY * 100}%`);
  day.append(drawn);
}

function minuteAt(day, x) {
  const { left, width } = day.getBoundingClientRect();
  const minute = Math.round((x - left) / width * MINUTES_OF_DAY / STEP) * STEP;
  return Math.min(Math.max(minute, 0), MINUTES_OF_DAY);
}

function fill(day, one, other) {
  const [start, end] = [one, other].sort((a, b) => a - b);
  form.elements.from.value = wallTime(day.dataset.date, start);
  form.elements.to.value = wallTime(day.dataset.date, end);
  form.closest("details").open = true;
  document.querySelector("[data-reading]").textContent =
    "The form for an exclusion has this time now. Give a reason and send it.";
  form.elements.reason.focus();
}

/** The wall clock of the store, whatever zone the browser is in. */
function wallTime(date, minute) {
  return new Date(Date.parse(`${date}T00:00Z`) + minute * 60_000).toISOString().slice(0, 16);
}
