// Forms with data-sums: after a pause the server adds up what is typed, and the sums on the page follow. Nothing is
// saved by it; without scripts the button "Check the sums" does the same.
const PAUSE_MS = 700;

export function start(root) {
  const form = root.querySelector("form[data-sums]");
  if (!form) return;
  let timer;
  const add = async () => {
    const data = new FormData(form);
    data.set("action", "sums");
    try {
      const response = await fetch(form.ownerDocument.location.href, { method: "POST", body: data, redirect: "manual" });
      if (!response.ok && response.status !== 422) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const sums = page.querySelectorAll("[data-sum]");
      form.querySelectorAll("[data-sum]").forEach((place, index) => {
        if (sums[index] && place.textContent !== sums[index].textContent) place.textContent = sums[index].textContent;
      });
    } catch {
      // Away from the net: the button will say so.
    }
  };
  form.addEventListener("input", (event) => {
    if (!event.target.matches("input[inputmode=numeric]")) return;
    clearTimeout(timer);
    timer = setTimeout(add, PAUSE_MS);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}
