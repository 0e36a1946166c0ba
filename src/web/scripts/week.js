// Shows in words the bar or tick that you point at, tap or reach with the keyboard.

const week = document.querySelector("[data-week]");
const reading = document.querySelector("[data-reading]");

/** The bars and ticks of each day, from left to right. */
const days = [...document.querySelectorAll(".day")]
  .map((day) => [...day.querySelectorAll(".piece, .gap, .tick")].sort((a, b) => middle(a) - middle(b)))
  .filter((marks) => marks.length > 0);
const all = days.flat();

/** A finger is wider than a tick. */
const REACH = 24;

if (week !== null) {
  for (const day of week.querySelectorAll(".day")) day.setAttribute("role", "group");
  for (const mark of all) {
    mark.setAttribute("role", "img");
    mark.setAttribute("tabindex", "-1");
  }
  // One stop for the Tab key; from there on, arrows.
  all[0]?.setAttribute("tabindex", "0");
  for (const type of ["pointerover", "focusin"]) week.addEventListener(type, ({ target }) => tell(markAt(target)));
  week.addEventListener("click", (event) => tell(markAt(event.target) ?? markBeside(event)));
  week.addEventListener("keydown", (event) => {
    const mark = event.altKey || event.ctrlKey || event.metaKey ? undefined : markFrom(event.target, event.key);
    if (mark === undefined) return;
    event.preventDefault();
    goTo(mark);
  });
}

function tell(mark) {
  const words = mark?.querySelector("title")?.textContent;
  if (words) reading.textContent = words;
}

function goTo(mark) {
  for (const other of all) other.setAttribute("tabindex", other === mark ? "0" : "-1");
  mark.focus();
}

/** Left and right go through all marks of the week, up and down to the same time of another day. */
function markFrom(mark, key) {
  const place = all.indexOf(mark);
  if (place === -1) return undefined;
  const day = days.findIndex((marks) => marks.includes(mark));
  switch (key) {
    case "ArrowRight":
      return all[place + 1];
    case "ArrowLeft":
      return all[place - 1];
    case "ArrowDown":
      return nearest(days[day + 1], middle(mark));
    case "ArrowUp":
      return nearest(days[day - 1], middle(mark));
    case "Home":
      return days[day][0];
    case "End":
      return days[day].at(-1);
  }
}

function markAt(target) {
  return target.closest(".piece, .gap, .tick");
}

function markBeside({ target, clientX }) {
  const day = target.closest(".day");
  const mark = nearest(days.find(([first]) => day?.contains(first)), clientX);
  return mark !== undefined && Math.abs(middle(mark) - clientX) <= REACH ? mark : undefined;
}

function nearest(marks, x) {
  return marks?.toSorted((a, b) => Math.abs(middle(a) - x) - Math.abs(middle(b) - x))[0];
}

function middle(mark) {
  const { left, right } = mark.getBoundingClientRect();
  return (left + right) / 2;
}
