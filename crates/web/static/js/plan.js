// The plan's editor: rows go within and between weeks by drag or Alt + arrows. A move only rewrites week and position of the
// rows and says "change" on the form, which asks for the preview.
(() => {
  const plan = document.querySelector("[data-plan]");
  if (!plan) return;
  const { announce } = window.naru;
  const sections = () => [...plan.querySelectorAll(":scope > section[data-week]")];
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
    plan.closest("form").dispatchEvent(new Event("change", { bubbles: true }));
  }

  plan.addEventListener("keydown", event => {
    const item = event.target.closest("[data-item]:not([data-closed])");
    if (!item || !event.altKey || !event.key.startsWith("Arrow")) return;
    // Alt + Left would otherwise go back a page
    event.preventDefault();
    const from = week(item);
    const row = items(item.parentElement);
    const at = row.indexOf(item);
    const all = sections();
    const next = step => all[all.indexOf(from) + step]?.querySelector("ul");
    const up = event.key === "ArrowUp", down = event.key === "ArrowDown";
    if (up && at > 0) row[at - 1].before(item);
    else if (down && at < row.length - 1) row[at + 1].after(item);
    else {
      // past the first or last of a week is the week before or after
      const to = next(up || event.key === "ArrowLeft" ? -1 : 1);
      if (!to) return;
      if (down) to.prepend(item);
      else to.append(item);
    }
    event.target.focus();
    item.scrollIntoView({ block: "nearest" });
    moved(item, from);
  });

  for (const list of plan.querySelectorAll("section[data-week] > ul")) {
    // SortableJS says "change" on the list at every step of a drag; the form must only hear of the drop
    list.addEventListener("change", event => event.target === list && event.stopPropagation());
    new window.Sortable(list, {
      group: "weeks",
      draggable: "[data-item]:not([data-closed])",
      handle: ".handle",
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
      forceFallback: true,
      fallbackOnBody: true,
      fallbackTolerance: 5,
      onStart: ({ item }) => item.toggleAttribute("data-moving", true),
      onEnd({ item, from, to, oldIndex, newIndex }) {
        item.removeAttribute("data-moving");
        if (from !== to || oldIndex !== newIndex) moved(item, week(from));
      },
    });
  }
})();
