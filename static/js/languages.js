// The page in the other language keeps the filters that are in force, whoever set them last: a link or a script.
export function start(root) {
  for (const switcher of root.querySelectorAll("[data-languages]")) {
    const keep = (event) => {
      const link = event.target.closest("a");
      if (link) link.search = location.search;
    };
    for (const kind of ["click", "auxclick"]) switcher.addEventListener(kind, keep);
  }
}
