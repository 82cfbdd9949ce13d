// Forms: Ctrl+S saves, leaving with unsaved changes asks first, and the error summary gets the focus.
(() => {
  const forms = [...document.querySelectorAll("form[data-form]")];
  const changed = new Set(forms.filter((form) => "changed" in form.dataset));

  for (const form of forms) {
    form.addEventListener("input", () => changed.add(form));
    form.addEventListener("submit", () => changed.delete(form));
  }

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
