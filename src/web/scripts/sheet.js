// Without script the browser's own menu prints: then there is no button.
const button = document.querySelector("[data-print]");
button.hidden = false;
button.addEventListener("click", () => print());
