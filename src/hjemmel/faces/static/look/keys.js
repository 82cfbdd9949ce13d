// Keys of the office: "/" to search, up and down through a list; Enter opens since the focus is on a link.
(() => {
  const writing = (element) => element.matches("input, textarea, select, [contenteditable]");

  const search = (event) => {
    const field = document.querySelector("[data-search]");
    if (event.key !== "/" || !field || writing(event.target)) return;
    event.preventDefault();
    field.focus();
    field.select();
  };

  const STEPS = { ArrowDown: 1, ArrowUp: -1 };

  const walk = (event) => {
    const links = [...document.querySelectorAll("[data-list] > tbody > tr > th a")];
    const at = links.indexOf(document.activeElement);
    const free = event.target === document.body || event.target.id === "main";
    if (!links.length || (at === -1 && !free)) return;
    const ends = { Home: 0, End: links.length - 1 };
    let next;
    if (event.key in STEPS) next = at === -1 ? 0 : at + STEPS[event.key];
    else if (event.key in ends && at !== -1) next = ends[event.key];
    if (next === undefined || !links[next]) return;
    event.preventDefault();
    links[next].focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) {
      // "/" lies on Shift+7 on a Norwegian keyboard, so Shift alone does not stop it.
      if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey) search(event);
      return;
    }
    search(event);
    walk(event);
  });
})();
