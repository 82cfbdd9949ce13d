// Forms: Ctrl+S saves, nothing is sent twice, leaving with unsaved changes asks first, and the error summary gets the focus.
(() => {
  const forms = [...document.querySelectorAll("form[data-form]")];
  const changed = new Set(forms.filter((form) => "changed" in form.dataset));

  for (const form of forms) {
    form.addEventListener("input", () => changed.add(form));
    form.addEventListener("submit", () => changed.delete(form));
  }

  // A second click while the first is on its way sends nothing; a page gone back to is as new.
  document.addEventListener("submit", (event) => {
    if ("sent" in event.target.dataset) event.preventDefault();
    else if (event.target.method === "post") event.target.dataset.sent = "";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  window.addEventListener("beforeunload", (event) => {
    if (changed.size) event.preventDefault();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    const form = event.target.closest("form[data-form]") ?? forms[0];
    if (!form) return;
    event.preventDefault();
    form.requestSubmit();
  });

  document.querySelector("[data-focus-first]")?.focus();
})();
