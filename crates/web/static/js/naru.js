// On every page: toasts, theme, sidebar, dialogs, forms, selection. A page works by plain links and forms without it.
(() => {
  const root = document.documentElement;
  const find = (selector, inside = document) => inside.querySelector(selector);
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const on = (type, run, capture = false) => document.addEventListener(type, run, capture);

  // Texts come from the catalogue, as data-text-… on the toast region: no script carries a language of its own.
  const text = name => find(".toasts")?.getAttribute(`data-text-${name}`) ?? "";
  const csrf = () => find('meta[name="csrf"]')?.content ?? "";

  function keep(name, value) {
    try {
      if (value) localStorage.setItem(`naru:${name}`, value);
      else localStorage.removeItem(`naru:${name}`);
    } catch {
      // a full or forbidden storage only costs the memory of it
    }
  }
  function kept(name) {
    try {
      return localStorage.getItem(`naru:${name}`);
    } catch {
      return null;
    }
  }

  // A key that belongs to the input method: while Hangul is composed, Enter only ends the syllable. Safari says it with 229.
  const composing = event => event.isComposing || event.keyCode === 229;

  // The Latin letter of a key, "" for any other. Where the key writes a letter of Hangul, its place on the keyboard tells.
  function letter({ key, code }) {
    if (/^[a-z]$/i.test(key)) return key.toLowerCase();
    return /^(Process|[^\x00-\x7f])$/.test(key) && /^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : "";
  }

  // Emptied first, so that the same sentence twice is read twice.
  function announce(words) {
    const region = find("#live");
    if (!region) return;
    region.textContent = "";
    requestAnimationFrame(() => (region.textContent = words));
  }

  function post(url, fields = {}, more = {}) {
    const body = new URLSearchParams({ csrf: csrf(), ...fields });
    return fetch(url, { method: "POST", body, headers: { "HX-Request": "true" }, ...more });
  }

  // The server says what went wrong in HX-Trigger (JSON in ASCII); any other body is not meant for a toast.
  function said(response) {
    try {
      const toast = JSON.parse(response.headers.get("HX-Trigger") ?? "{}").toast;
      return typeof toast === "string" ? toast : toast?.text;
    } catch {
      return undefined;
    }
  }

  // Goes by itself, but never under a pointer or a focus.
  function leave(toast) {
    const wait = find("button", toast) ? 10000 : 6000;
    const go = () => (toast.matches(":hover, :focus-within") ? setTimeout(go, 2000) : toast.remove());
    setTimeout(go, wait);
  }

  // undo: a URL to POST to (then the page is read again) or a function.
  function toast({ text: words, undo }) {
    const box = document.createElement("div");
    box.className = "toast";
    box.append(Object.assign(document.createElement("span"), { textContent: words }));
    if (undo) {
      const button = Object.assign(document.createElement("button"), {
        type: "button",
        className: "button",
        textContent: text("undo"),
      });
      button.addEventListener("click", async () => {
        box.remove();
        if (typeof undo === "function") return undo();
        const response = await post(undo).catch(() => null);
        if (response?.ok) location.reload();
        else failed(response);
      });
      box.append(button);
    }
    find(".toasts").append(box);
    leave(box);
  }

  // What went wrong, in the server's words where it has some; no response is a broken network.
  const why = (response, otherwise = "failed") => (response && said(response)) || text(response ? otherwise : "network");
  const failed = (response, otherwise) => toast({ text: why(response, otherwise) });

  window.naru = { text, csrf, post, said, why, toast, failed, announce, keep, kept, composing, letter };
  all("[data-toast]").forEach(leave);
  // HX-Trigger: {"toast": …} arrives here as an event
  on("toast", event => toast({ text: event.detail.text ?? event.detail.value, undo: event.detail.undo }));

  on("submit", event => {
    const form = event.target;
    // the theme changes at once and is told to the profile behind it
    if (form.matches("[data-theme-form]")) {
      event.preventDefault();
      const theme = event.submitter?.value ?? "";
      if (theme) root.dataset.theme = theme;
      else delete root.dataset.theme;
      keep("theme", theme);
      post(form.action, { theme }).catch(() => undefined);
      form.closest("[popover]")?.hidePopover?.();
    }
    // kept drafts are one person's; the next one at this machine must not find them
    if (form.matches("[data-sign-out]")) {
      try {
        Object.keys(localStorage)
          .filter(key => key.startsWith("naru:draft:"))
          .forEach(key => localStorage.removeItem(key));
      } catch {
        // nothing was kept then
      }
    }
  });

  on("click", event => {
    const dialog = event.target;
    if (dialog.matches?.("dialog.dialog") && event.detail > 0 && !dialog.matches(":has([data-guard])")) {
      const box = dialog.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside) dialog.close();
    }
    const actor = event.target.closest("[data-side-toggle], [data-dialog], [data-close], [data-clear], [data-copy], [data-print]");
    if (!actor) return;
    const { dataset } = actor;
    if ("sideToggle" in dataset) {
      if (root.dataset.side) delete root.dataset.side;
      else root.dataset.side = "narrow";
      keep("side", root.dataset.side);
    }
    const opened = dataset.dialog && document.getElementById(dataset.dialog);
    if (opened) {
      // a link is the way without script; with it the dialog opens in place
      event.preventDefault();
      actor.closest("[popover]")?.hidePopover?.();
      opened.showModal();
    }
    if ("close" in dataset) actor.closest("dialog")?.close();
    if ("clear" in dataset) select(actor.closest(".people"), false);
    if ("print" in dataset) print();
    if ("copy" in dataset) {
      const copied = dataset.copy ? new URL(dataset.copy, location.href).href : location.href;
      const words = dataset.copyText ?? copied;
      navigator.clipboard
        ?.writeText(words)
        .then(() => toast({ text: text("copied") }))
        .catch(() => toast({ text: text("failed") }));
    }
  });

  on("keydown", event => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || composing(event)) return;
    const search = document.getElementById("search");
    if (!search || find("dialog[open]") || event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    search.showModal();
  });

  // A strip that is wider than the phone opens at what matters: the current tab, the newest days of a chart.
  for (const tab of all(".tabs [aria-current]")) {
    const strip = tab.closest(".tabs");
    const [at, room] = [tab.getBoundingClientRect(), strip.getBoundingClientRect()];
    strip.scrollLeft += at.left - room.left - (room.width - at.width) / 2;
  }
  all(".drawing").forEach(drawing => (drawing.scrollLeft = drawing.scrollWidth));

  // Bulk selection inside .people: [data-all] selects the page, [data-count] shows how many.
  function select(people, checked) {
    all("tbody input[type=checkbox]", people).forEach(box => (box.checked = checked));
    count(people);
  }
  function count(people) {
    const boxes = all("tbody input[type=checkbox]", people);
    const chosen = boxes.filter(box => box.checked).length;
    all("[data-count]", people).forEach(place => (place.textContent = chosen));
    const every = find("[data-all]", people);
    if (every) {
      every.checked = chosen > 0 && chosen === boxes.length;
      every.indeterminate = chosen > 0 && chosen < boxes.length;
    }
  }
  on("change", event => {
    const people = event.target.closest(".people");
    if (people && event.target.matches("[data-all]")) select(people, event.target.checked);
    else if (people) count(people);
    if (event.target.matches("[data-autosubmit]")) event.target.form?.requestSubmit();
  });
  // Back restores ticked boxes without a change event
  addEventListener("pageshow", () => all(".people").forEach(count));
})();
