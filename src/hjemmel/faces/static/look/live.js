// What a page shows while one works: what is typed into a form is sent to be shown, and what is being worked out is
// asked for until it is there. Only the parts marked as live are put in place. Without this script the same is done by
// a button or a link.
(() => {
  const form = document.querySelector("form[data-show]");
  let waiting = 0;
  let latest = 0;

  const put = (page) => {
    for (const part of document.querySelectorAll("[data-live]")) {
      const fresh = page.getElementById(part.id);
      if (!fresh || fresh.innerHTML === part.innerHTML) continue;
      part.toggleAttribute("data-poll", fresh.hasAttribute("data-poll"));
      part.replaceChildren(...fresh.childNodes);
    }
  };

  const ask = async (sent) => {
    const turn = ++latest;
    try {
      const answer = await fetch(location.href, sent ? { method: "POST", body: sent } : {});
      if (answer.redirected || !answer.headers.get("Content-Type")?.startsWith("text/html")) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (turn === latest) put(page);
    } catch {
      // Away from the network: what is shown stays, and the button still works.
    }
  };

  form?.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const sent = new FormData(form);
      sent.set("show", "on");
      ask(sent);
    }, 300);
  });

  const poll = () => {
    if (!document.querySelector("[data-poll]")) return;
    setTimeout(() => ask().then(poll), 1000);
  };
  poll();
})();
