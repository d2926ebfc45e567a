// Memos: @ offers whom one can call. What is sent is the name as typed: the server knows who is meant.
(() => {
  const { composing } = window.naru;
  const lists = new Map();
  const names = url => {
    if (!lists.has(url)) lists.set(url, fetch(url).then(answer => (answer.ok ? answer.json() : [])).catch(() => []));
    return lists.get(url);
  };

  /** The word that is being written after an @, and where it begins. */
  function word(area) {
    const before = area.value.slice(0, area.selectionStart);
    const at = before.lastIndexOf("@");
    if (at < 0 || (at > 0 && /[\p{L}\p{N}]/u.test(before[at - 1])) || before.length - at > 30 || /[\n]/.test(before.slice(at))) return null;
    return { at, text: before.slice(at + 1) };
  }

  // a link to a memo opens the half of a review that has it
  const half = document.querySelector('.review-tabs [value="decision"]');
  if (half && document.querySelector(".review .decision :target")) half.checked = true;

  for (const area of document.querySelectorAll("textarea[data-mentions]")) {
    const list = document.createElement("div");
    list.className = "people-list";
    list.id = `${area.id}-people`;
    list.setAttribute("role", "listbox");
    list.hidden = true;
    area.parentElement.append(list);
    // a text of many lines can't be a combobox: it says what it controls, and which name is next
    area.setAttribute("aria-controls", list.id);
    area.setAttribute("aria-autocomplete", "list");
    let chosen = 0;

    const close = () => {
      list.hidden = true;
      area.removeAttribute("aria-activedescendant");
    };
    close();

    function mark(index) {
      const options = [...list.children];
      chosen = (index + options.length) % options.length;
      options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
      area.setAttribute("aria-activedescendant", options[chosen].id);
      options[chosen].scrollIntoView({ block: "nearest" });
    }

    function take(name) {
      const found = word(area);
      if (!found) return close();
      area.focus();
      area.setSelectionRange(found.at, area.selectionStart);
      const words = `@${name} `;
      // insertText keeps the browser's own undo
      if (!document.execCommand("insertText", false, words)) area.setRangeText(words, found.at, area.selectionEnd, "end");
      close();
    }

    async function offer() {
      const found = word(area);
      if (!found) return close();
      const people = (await names(area.dataset.mentions)).filter(name => name.toLowerCase().startsWith(found.text.toLowerCase()));
      if (!people.length || word(area)?.text !== found.text) return close();
      list.replaceChildren(
        ...people.slice(0, 8).map((name, index) => {
          const option = document.createElement("div");
          option.id = `${list.id}-${index}`;
          option.setAttribute("role", "option");
          option.textContent = name;
          // before the text loses its focus
          option.addEventListener("pointerdown", event => {
            event.preventDefault();
            take(name);
          });
          return option;
        }),
      );
      list.hidden = false;
      mark(0);
    }

    area.addEventListener("input", offer);
    area.addEventListener("blur", close);
    area.addEventListener("keydown", event => {
      if (list.hidden || composing(event)) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") mark(chosen + (event.key === "ArrowDown" ? 1 : -1));
      else if (event.key === "Enter" || event.key === "Tab") take(list.children[chosen].textContent);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
  }
})();
