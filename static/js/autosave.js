// Forms with data-autosave: what is typed is sent to the form's own address after a pause, and the page says when it
// was saved. A comfort only: the button saves all the same, and says more. (form.action is the button of that name.)
const PAUSE_MS = 2500;

export function start(root) {
  const form = root.querySelector("form[data-autosave]");
  const status = form?.querySelector("[data-autosave-status]");
  if (!form || !status) return;
  let timer;
  const save = async () => {
    try {
      const response = await fetch(form.getAttribute("action"), {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Autosave": "1" },
        // A sign-in page in place of the answer means that the session has ended.
        redirect: "manual",
      });
      if (response.ok) status.textContent = (await response.json()).saved;
      else if (response.type === "opaqueredirect") status.textContent = status.dataset.autosaveLost;
    } catch {
      // Away from the net: the button will say so.
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE_MS);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => clearTimeout(timer));
}
