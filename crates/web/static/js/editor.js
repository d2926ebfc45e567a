// The Markdown editor: toolbar, preview drawn by the server, autosave with a copy kept here while the net is away.
(() => {
  const { text, post, keep, kept, composing, letter } = window.naru;
  const wait = 1200;

  const marks = {
    bold: { around: "**" },
    heading: { before: "## " },
    list: { before: "- " },
    ordered: { before: "1. ", count: true },
    code: { around: "`", fence: "```" },
    link: { link: true },
    table: { insert: "\n|   |   |\n|---|---|\n|   |   |\n" },
  };

  // insertText keeps the browser's own undo; it is deprecated, so setRangeText stands behind it
  function put(area, words, from, to) {
    area.focus();
    area.setSelectionRange(from, to);
    if (!document.execCommand("insertText", false, words)) {
      area.setRangeText(words, from, to, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function format(area, mark) {
    const { selectionStart: from, selectionEnd: to, value } = area;
    const chosen = value.slice(from, to);
    if (mark.insert) return put(area, mark.insert, to, to);
    if (mark.link) {
      put(area, `[${chosen || text("link")}](https://)`, from, to);
      const end = area.selectionEnd - 1;
      return area.setSelectionRange(end - "https://".length, end);
    }
    if (mark.around) {
      const sign = mark.fence && chosen.includes("\n") ? [`${mark.fence}\n`, `\n${mark.fence}`] : [mark.around, mark.around];
      put(area, sign[0] + chosen + sign[1], from, to);
      return area.setSelectionRange(from + sign[0].length, from + sign[0].length + chosen.length);
    }
    // whole lines: a second press takes the mark away again
    const start = value.lastIndexOf("\n", from - 1) + 1;
    const stop = value.indexOf("\n", to) < 0 ? value.length : value.indexOf("\n", to);
    const lines = value.slice(start, stop).split("\n");
    const sign = index => (mark.count ? `${index + 1}. ` : mark.before);
    const marked = lines.every((line, index) => line.startsWith(sign(index)));
    put(area, lines.map((line, index) => (marked ? line.slice(sign(index).length) : sign(index) + line)).join("\n"), start, stop);
  }

  function preview(editor, area) {
    const pane = editor.querySelector("[data-preview]");
    const url = editor.querySelector("[data-preview-url]")?.dataset.previewUrl;
    if (!pane || !url) return;
    async function show(view) {
      const reading = view === "preview";
      for (const button of editor.querySelectorAll("[data-editor-view]")) {
        button.setAttribute("aria-pressed", String(button.dataset.editorView === view));
      }
      area.hidden = reading;
      pane.hidden = !reading;
      if (!reading) return area.focus();
      pane.setAttribute("aria-busy", "true");
      const response = await post(url, { text: area.value }).catch(() => null);
      // the server has sanitised it, and the CSP lets nothing in it run
      if (response?.ok) pane.innerHTML = await response.text();
      else pane.textContent = text("network");
      pane.removeAttribute("aria-busy");
    }
    editor.addEventListener("click", event => {
      const view = event.target.closest("[data-editor-view]")?.dataset.editorView;
      if (view) show(view);
    });
  }

  function autosave(area) {
    const form = area.form;
    const state = document.querySelector(area.dataset.saveStateTarget ?? "[data-save-state]");
    const version = form?.querySelector('input[name="version"]');
    const key = `draft:${area.dataset.autosaveUrl}`;
    let timer, running, saved = area.value;

    function say(name) {
      if (!state) return;
      state.dataset.state = name;
      state.textContent = text(`save-${name}`);
    }
    // where there is no room, the state line still says that nothing is saved
    const keepHere = () => keep(key, JSON.stringify({ text: area.value, version: version?.value }));
    const forget = () => keep(key, "");

    function save() {
      clearTimeout(timer);
      if (running) return (timer = setTimeout(save, wait));
      if (area.value === saved) return;
      if (state?.dataset.state === "conflict") return keepHere();
      running = send(area.value).finally(() => (running = undefined));
    }

    async function send(words) {
      say("saving");
      const fields = { [area.name || "submission"]: words, ...(version && { version: version.value }) };
      const response = await post(area.dataset.autosaveUrl, fields).catch(() => null);
      if (response?.ok) {
        saved = words;
        const answer = await response.json().catch(() => ({}));
        if (version && answer.version !== undefined) {
          // every form of the page that speaks of this task must speak of its new version
          const same = `input[name="version"][data-of="${version.dataset.of ?? ""}"]`;
          for (const other of document.querySelectorAll(same)) other.value = answer.version;
          version.value = answer.version;
        }
        forget();
        if (area.value === words) {
          say("saved");
          area.dispatchEvent(new Event("naru:saved", { bubbles: true }));
        } else timer = setTimeout(save, wait);
        return;
      }
      keepHere();
      say(response === null ? "offline" : [409, 412].includes(response.status) ? "conflict" : "failed");
    }

    area.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(save, wait);
    });
    area.addEventListener("blur", save);
    addEventListener("online", save);
    // the last words typed before leaving are kept here, since no request is sure to go out any more
    addEventListener("pagehide", () => area.value !== saved && keepHere());
    form?.addEventListener("submit", forget);
    // The press on a button takes the focus from the text, which saves it: what is sent waits for the version that makes.
    addEventListener("submit", event => {
      const sent = event.target.elements.namedItem("version");
      if (!version || (sent !== version && (!version.dataset.of || sent?.dataset?.of !== version.dataset.of))) return;
      clearTimeout(timer);
      if (!running) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      running.then(() => event.target.requestSubmit(event.submitter));
    }, true);

    try {
      const draft = JSON.parse(kept(key));
      if (draft && draft.text !== area.value) {
        const same = !version || draft.version === version.value;
        if (same) {
          area.value = draft.text;
          say("restored");
          save();
        } else if (state) {
          // somebody else wrote meanwhile: the newer text stays, the kept one is offered
          say("conflict");
          const take = Object.assign(document.createElement("button"), { type: "button", textContent: text("save-take") });
          take.addEventListener("click", () => {
            state.dataset.state = "";
            put(area, draft.text, 0, area.value.length);
          });
          state.append(" ", take);
        }
      }
    } catch {
      // an unreadable draft is no draft
    }
  }

  for (const area of document.querySelectorAll("textarea[data-autosave-url]")) autosave(area);
  for (const editor of document.querySelectorAll("[data-editor]")) {
    const area = editor.querySelector("textarea");
    preview(editor, area);
    editor.addEventListener("click", event => {
      const mark = marks[event.target.closest("[data-md]")?.dataset.md];
      if (mark && !area.hidden) format(area, mark);
    });
    area.addEventListener("keydown", event => {
      const mark = (event.ctrlKey || event.metaKey) && !event.altKey && { b: marks.bold, k: marks.link }[letter(event)];
      if (!mark || composing(event)) return;
      event.preventDefault();
      format(area, mark);
    });
  }
})();
