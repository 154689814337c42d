// Buttons with data-print: hidden in the page, shown where scripts run.
export function start(root) {
  for (const button of root.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
