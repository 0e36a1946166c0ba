// Says in words what is pointed at or tapped in the week.

const reading = document.querySelector("[data-reading]");

for (const type of ["pointerover", "click"]) {
  document.querySelector("[data-week]")?.addEventListener(type, ({ target }) => {
    const words = target.closest(".piece, .tick")?.querySelector("title")?.textContent;
    if (words) reading.textContent = words;
  });
}
