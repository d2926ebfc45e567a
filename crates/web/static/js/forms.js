// Forms and the net: warn before edits are lost, never submit twice, say when the network or the server fails.
(() => {
  const { text, csrf, said, toast } = window.naru;
  const on = (type, run, capture = false) => document.addEventListener(type, run, capture);

  const dirty = new Set();
  const mark = event => {
    const form = event.target.closest?.("form[data-guard]");
    if (form) dirty.add(form);
  };
  // an autosaved form has nothing to lose any more
  on("naru:saved", event => dirty.delete(event.target.form));
  on("input", mark);
  on("change", mark);
  addEventListener("beforeunload", event => {
    if ([...dirty].some(form => form.isConnected)) event.preventDefault();
  });

  const buttons = form => [...form.elements].filter(element => element.matches("button:not([type=button]), input[type=submit]"));
  function busy(form, yes) {
    form.toggleAttribute("data-sending", yes);
    for (const button of buttons(form)) button.toggleAttribute("data-busy", yes);
  }
  on("submit", event => {
    const form = event.target;
    // data-sending rather than disabled: a disabled button would drop out of the form it submits
    if (form.hasAttribute("data-sending")) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);
  on("submit", event => {
    if (event.defaultPrevented || event.target.method === "dialog") return;
    dirty.delete(event.target);
    // a download or a new window leaves this page usable
    if (event.target.method === "post" && !event.target.target && !event.target.matches("[data-download]")) busy(event.target, true);
  });
  // Back out of the browser's cache shows the page as it was left: busy
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(form => busy(form, false)));

  on("htmx:configRequest", event => {
    if (event.detail.verb !== "get") event.detail.parameters.csrf ??= csrf();
  });
  on("htmx:beforeRequest", event => {
    if (event.detail.elt.matches("form")) busy(event.detail.elt, true);
  });
  on("htmx:afterRequest", event => {
    const form = event.detail.elt;
    if (!form.matches("form")) return;
    busy(form, false);
    if (event.detail.successful) dirty.delete(form);
  });
  on("htmx:sendError", () => toast({ text: text("network") }));
  on("htmx:timeout", () => toast({ text: text("network") }));
  on("htmx:responseError", event => {
    const { xhr } = event.detail;
    // the server's own words have been shown by HX-Trigger already
    if (said({ headers: { get: name => xhr.getResponseHeader(name) } })) return;
    const id = xhr.getResponseHeader("x-request-id");
    const known = { 401: "signed-out", 403: "forbidden", 404: "gone", 409: "conflict", 429: "busy" }[xhr.status] ?? "failed";
    toast({ text: text(known) + (known === "failed" && id ? ` (${id})` : "") });
  });

  // a refused form begins again at its first wrong field, unless the page has said where; cells are mended in any order
  if (!document.querySelector("main [autofocus]")) {
    const wrong = [...document.querySelectorAll('main [aria-invalid="true"]:not(td *)')];
    wrong.find(field => field.getClientRects().length)?.focus();
  }

  const line = document.querySelector(".offline");
  const connected = () => line?.toggleAttribute("hidden", navigator.onLine);
  addEventListener("online", connected);
  addEventListener("offline", connected);
  connected();
})();
