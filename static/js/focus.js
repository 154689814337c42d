// An element with data-focus (the list of errors, a receipt) takes the focus when the page opens;
// a link to a field puts the focus into it.
export function start(root) {
  root.querySelector("[data-focus]")?.focus();
  for (const link of root.querySelectorAll(".error-summary a[href^='#']")) {
    link.addEventListener("click", (event) => {
      const field = root.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      const control = field.matches("fieldset") ? field.querySelector("input") ?? field : field;
      control.scrollIntoView({ block: "center" });
      control.focus({ preventScroll: true });
    });
  }
}
