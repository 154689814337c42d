// Forms with data-filters: the list follows what is chosen or typed, after a pause, by htmx.
// The focus stays where the person is, and the new number of results is read aloud once.
const PAUSE_MS = { change: 150, input: 450 };

export function start(root) {
  const form = root.querySelector("form[data-filters]");
  if (!form) return;
  let loading;
  // htmx comes with the first touch of the form, so that the first view stays light; without it the form is a form.
  const load = () => {
    loading ??= new Promise((resolve) => {
      const script = root.createElement("script");
      script.src = form.dataset.htmx;
      script.onload = script.onerror = resolve;
      root.head.append(script);
    });
    return loading;
  };
  for (const touch of ["focusin", "pointerdown"]) form.addEventListener(touch, load, { once: true });

  let timer;
  const later = (event) => {
    if (event.type === "input" && !event.target.matches("input[type=search], input[type=text]")) return;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      await load();
      form.requestSubmit();
    }, PAUSE_MS[event.type]);
  };
  form.addEventListener("change", later);
  form.addEventListener("input", later);
  form.addEventListener("submit", () => clearTimeout(timer));

  root.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt !== form) return;
    // Addresses without empty parameters: shorter to share, and one for one list.
    for (const [name, value] of [...event.detail.formData.entries()]) {
      if (value === "") event.detail.formData.delete(name);
    }
  });
  root.addEventListener("htmx:afterSettle", () => {
    const count = root.querySelector("[data-results-count]");
    const status = root.querySelector("[data-results-status]");
    if (count && status) status.textContent = count.textContent.trim();
  });
  // A failed request becomes a plain one: nothing that was chosen is lost.
  root.addEventListener("htmx:responseError", () => form.submit());
  root.addEventListener("htmx:sendError", () => form.submit());
}
