// Light, dark or as the device. Runs before the page is drawn, so nothing flashes; remembered here alone.
(() => {
  const KEY = "hjemmel-scheme";
  const root = document.documentElement;

  const read = () => {
    try {
      return localStorage.getItem(KEY) ?? "auto";
    } catch {
      return "auto"; // storage closed by the browser: follow the device
    }
  };

  const apply = (scheme) => {
    if (scheme === "auto") delete root.dataset.colorScheme;
    else root.dataset.colorScheme = scheme;
  };

  const remember = (scheme) => {
    try {
      if (scheme === "auto") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, scheme);
    } catch {
      // The choice then lasts for this page only.
    }
  };

  const mark = (group, scheme) => {
    for (const button of group.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === scheme));
    }
  };

  apply(read());

  document.addEventListener("DOMContentLoaded", () => {
    for (const group of document.querySelectorAll("[data-scheme-choice]")) {
      group.hidden = false;
      mark(group, read());
      group.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (!button) return;
        remember(button.value);
        apply(button.value);
        for (const other of document.querySelectorAll("[data-scheme-choice]")) mark(other, button.value);
      });
    }
  });
})();
