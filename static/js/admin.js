// The admin's search boxes (select2) tell screen readers the name of their field, which select2 leaves out.
const nameBoxes = () => {
  for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    const box = select.nextElementSibling;
    const name = label?.textContent.trim() || select.getAttribute("aria-label");
    if (!name || !box?.matches(".select2")) continue;
    for (const part of box.querySelectorAll(".select2-selection--single, [role=textbox], .select2-search__field")) {
      if (part.getAttribute("aria-label") !== name) part.setAttribute("aria-label", name);
    }
    // Its own reference names the chosen value alone: the field's name goes before it.
    const single = box.querySelector(".select2-selection--single");
    const value = single?.querySelector("[role=textbox]");
    if (single && value) {
      if (!single.id) single.id = `${select.id}-box`;
      const names = `${single.id} ${value.id}`;
      if (single.getAttribute("aria-labelledby") !== names) single.setAttribute("aria-labelledby", names);
    }
    // An open list has its search box at the end of the page.
    const search = document.querySelector(`.select2-dropdown [aria-controls="select2-${CSS.escape(select.id)}-results"]`);
    if (search && search.getAttribute("aria-label") !== name) search.setAttribute("aria-label", name);
  }
};

let waiting;
new MutationObserver(() => {
  waiting ??= requestAnimationFrame(() => {
    waiting = undefined;
    nameBoxes();
  });
}).observe(document.documentElement, { childList: true, subtree: true });
nameBoxes();
