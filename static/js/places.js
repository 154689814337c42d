// A box with data-places="address": names of localities like what is typed, as buttons under the field.
// The county is the select of the same form; without scripts the server finds the name, or asks which is meant.
const PAUSE_MS = 250;

export function start(root) {
  for (const box of root.querySelectorAll("[data-places]")) {
    const input = box.querySelector("input");
    const county = input?.form?.elements.namedItem("county");
    if (!county) continue;
    const list = root.createElement("ul");
    list.setAttribute("aria-label", box.dataset.placesLabel);
    list.hidden = true;
    const status = root.createElement("p");
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    box.append(list, status);

    const close = () => {
      list.hidden = true;
      list.replaceChildren();
    };
    const choose = (place) => {
      input.value = place.name;
      // Namesakes of one county are told apart by the code.
      const code = input.form.elements.namedItem("uat");
      if (code instanceof HTMLInputElement && code.type === "hidden") code.value = place.code;
      close();
      status.textContent = "";
      input.focus();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const show = (found) => {
      list.replaceChildren(
        ...found.map((place) => {
          const item = root.createElement("li");
          const button = root.createElement("button");
          button.type = "button";
          button.textContent = place.label;
          button.addEventListener("click", () => choose(place));
          item.append(button);
          return item;
        }),
      );
      list.hidden = found.length === 0;
      status.textContent = box.dataset.placesFound.replace("{count}", found.length);
    };

    let timer;
    let asked = 0;
    const look = async () => {
      const text = input.value.trim();
      if (!county.value || text.length < 2) return close();
      const mine = ++asked;
      const query = new URLSearchParams({ judet: county.value, q: text });
      try {
        const response = await fetch(`${box.dataset.places}?${query}`);
        if (response.ok && mine === asked) show((await response.json()).found);
      } catch {
        close();
      }
    };
    input.addEventListener("input", () => {
      const code = input.form.elements.namedItem("uat");
      if (code instanceof HTMLInputElement && code.type === "hidden") code.value = "";
      clearTimeout(timer);
      timer = setTimeout(look, PAUSE_MS);
    });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        close();
        input.focus();
      }
    });
    box.addEventListener("focusout", (event) => {
      if (!box.contains(event.relatedTarget)) setTimeout(close, 200);
    });
  }
}
