// The curriculum editor: cards go within and between weeks by drag or Alt + arrows. A move only rewrites the hidden
// inputs of the cards and says "change" on the form, which saves the order behind it.
(() => {
  const weeks = document.querySelector(".weeks[data-curriculum]");
  if (!weeks) return;
  const { announce, post, text } = window.naru;
  const sections = () => [...weeks.querySelectorAll(":scope > section[data-week]")];
  const week = element => element.closest("section[data-week]");
  const items = list => [...list.querySelectorAll(":scope > [data-item]")];

  function number(section) {
    items(section.querySelector("ul")).forEach((item, index) => {
      item.querySelector("[data-week-input]").value = section.dataset.week;
      item.querySelector("[data-position-input]").value = index + 1;
    });
  }

  function moved(item, from) {
    number(from);
    number(week(item));
    const words = [item.querySelector(".title"), week(item).querySelector("h2")].map(part => part.textContent.trim());
    announce(`${words.join(", ")}, ${items(item.parentElement).indexOf(item) + 1}`);
    weeks.closest("form").dispatchEvent(new Event("change", { bubbles: true }));
  }

  weeks.addEventListener("keydown", event => {
    const item = event.target.closest("[data-item]");
    if (!item || !event.altKey || !event.key.startsWith("Arrow")) return;
    // Alt + Left would otherwise go back a page
    event.preventDefault();
    const from = week(item);
    const row = items(item.parentElement);
    const at = row.indexOf(item);
    if (event.key === "ArrowUp" && at > 0) row[at - 1].before(item);
    else if (event.key === "ArrowDown" && at < row.length - 1) row[at + 1].after(item);
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      const all = sections();
      const to = all[all.indexOf(from) + (event.key === "ArrowRight" ? 1 : -1)];
      if (!to) return;
      const list = to.querySelector("ul");
      list.insertBefore(item, items(list)[at] ?? items(list).at(-1)?.nextSibling ?? list.firstChild);
    } else return;
    event.target.focus();
    item.scrollIntoView({ block: "nearest", inline: "nearest" });
    moved(item, from);
  });

  // a drag ends with a click on the card: it must not open the task
  let dropped = 0;
  weeks.addEventListener("click", event => Date.now() - dropped < 300 && event.preventDefault(), true);

  for (const list of weeks.querySelectorAll("section[data-week] > ul")) {
    // SortableJS says "change" on the list at every step of a drag; the form must only hear of the drop
    list.addEventListener("change", event => event.target === list && event.stopPropagation());
    new window.Sortable(list, {
      group: "weeks",
      draggable: "[data-item]",
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
      forceFallback: true,
      fallbackOnBody: true,
      fallbackTolerance: 5,
      delay: 180,
      delayOnTouchOnly: true,
      onStart: ({ item }) => item.toggleAttribute("data-moving", true),
      onEnd({ item, from, to, oldDraggableIndex, newDraggableIndex }) {
        dropped = Date.now();
        item.removeAttribute("data-moving");
        if (from !== to || oldDraggableIndex !== newDraggableIndex) moved(item, week(from));
      },
    });
  }

  // Saving: one request at a time, the newest order last. The answer is the page: figures and revision are taken from it.
  const form = weeks.closest("form");
  const state = document.querySelector("[data-save-state]");
  let running = false, changed = false, lost = false;

  function say(name, words) {
    if (!state) return;
    state.dataset.state = name;
    state.textContent = words;
  }

  function take(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const figure of document.querySelectorAll("[data-figure]")) {
      const fresh = page.querySelector(`[data-figure="${figure.dataset.figure}"]`);
      if (fresh) figure.replaceWith(fresh);
    }
    const revision = page.querySelector('#order input[name="revision"]')?.value;
    if (revision) document.querySelectorAll('input[name="revision"]').forEach(input => (input.value = revision));
  }

  async function save() {
    changed = true;
    if (running || lost) return;
    running = true;
    while (changed && !lost) {
      changed = false;
      say("saving", text("save-saving"));
      const response = await post(form.action, {}, { body: new URLSearchParams(new FormData(form)) }).catch(() => null);
      const elsewhere = response?.headers.get("HX-Redirect");
      if (elsewhere) return location.assign(elsewhere);
      if (response?.ok) {
        take(await response.text());
        say("saved", text("save-saved"));
        continue;
      }
      if (response?.status === 412) {
        lost = true;
        document.querySelector("[data-conflict]")?.removeAttribute("hidden");
        say("conflict", text("conflict"));
      } else say("failed", text(response ? "failed" : "network"));
      // what is not saved is sent with the next move, or when the network is back
      changed = true;
      break;
    }
    running = false;
  }
  // a note typed inside the form says "change" too, but belongs to a form of its own
  form.addEventListener("change", event => event.target === form && save());
  addEventListener("online", () => changed && save());
  addEventListener("beforeunload", event => (running || changed) && !lost && event.preventDefault());
  // a card moved by its menu carries the whole order with it
  form.addEventListener("submit", () => (running = changed = false));
})();
