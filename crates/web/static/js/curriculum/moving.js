// Cards and whole weeks go elsewhere: by drag (mouse, touch), picked up with Space, or at once with Alt + arrows.
import { keyOf } from "./view.js";

const { announce } = window.naru;

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export function moving(editor, root) {
  const view = editor.view;
  let held, dropped = 0;

  const options = {
    animation: still() ? 0 : 120,
    // the native drag knows no touch; one way for both also behaves the same
    forceFallback: true,
    fallbackOnBody: true,
    fallbackTolerance: 5,
    delay: 220,
    delayOnTouchOnly: true,
    touchStartThreshold: 6,
    scroll: true,
    bubbleScroll: true,
  };

  editor.madeWeek = section => {
    new window.Sortable(section.querySelector("ul"), {
      ...options,
      group: "tasks",
      draggable: "[data-item]",
      filter: ".title-edit, .pick-box",
      preventOnFilter: false,
      onStart({ item }) {
        editor.busy = true;
        item.toggleAttribute("data-moving", true);
        const others = editor.selection.has(item.dataset.key) ? editor.selection.size : 1;
        if (others > 1) document.querySelector(".sortable-fallback")?.setAttribute("data-many", others);
        for (const key of others > 1 ? editor.selection : []) view.cards.get(key)?.item.toggleAttribute("data-moving", true);
      },
      onEnd({ item, to }) {
        dropped = Date.now();
        editor.busy = false;
        root.querySelectorAll("[data-moving]").forEach(each => each.removeAttribute("data-moving"));
        const keys = editor.selection.has(item.dataset.key) ? editor.inOrder(editor.selection) : [item.dataset.key];
        let after = item.previousElementSibling;
        while (after && keys.includes(after.dataset.key)) after = after.previousElementSibling;
        place(keys, to.closest("section").dataset.id, after?.dataset.key ?? "");
      },
    });
  };

  new window.Sortable(root, {
    ...options,
    group: "weeks",
    draggable: "section[data-week]",
    handle: ".week-grip",
    onStart({ item }) {
      editor.busy = true;
      item.toggleAttribute("data-moving", true);
    },
    onEnd({ item }) {
      dropped = Date.now();
      editor.busy = false;
      item.removeAttribute("data-moving");
      let next = item.nextElementSibling;
      while (next && !next.matches("section[data-week]")) next = next.nextElementSibling;
      const before = next?.dataset.id ?? null;
      const plan = editor.plan;
      if ((plan.weeks[plan.week(item.dataset.id) + 1]?.id ?? null) !== before) {
        editor.commit([{ op: "move_week", week: item.dataset.id, before }], "move-week");
      } else editor.draw();
    },
  });
  // a drag ends with a click on the card: it must not open the task
  root.addEventListener("click", event => {
    if (Date.now() - dropped < 300) {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);

  // Puts tasks one behind the other, and says where they are now.
  function place(keys, week, after) {
    const plan = editor.plan;
    const edits = [];
    let last = after;
    for (const key of keys) {
      const found = plan.find(key);
      const there = found?.week.id === week && (found.week.tasks[found.at - 1]?.key ?? "") === last;
      if (!there || keys.length > 1) edits.push({ op: "move", key, week, after: last });
      last = key;
    }
    if (edits.length) editor.commit(edits, "move");
    else editor.draw();
    say(keys);
  }

  function say(keys, how = "moved") {
    const found = editor.plan.find(keys[0]);
    if (!found) return;
    const values = { title: found.task.title, week: editor.plan.week(found.week.id) + 1, place: found.at + 1, of: found.week.tasks.length, n: keys.length };
    announce(view.text(keys.length > 1 && how === "moved" ? "movedMany" : how, values));
  }

  function step(key, arrow) {
    const plan = editor.plan;
    const { week, at } = plan.find(key);
    const weekAt = plan.week(week.id);
    if (arrow === "ArrowUp" || arrow === "ArrowDown") {
      const to = at + (arrow === "ArrowUp" ? -1 : 1);
      // past the end of a week comes the next one: in a list that is what one sees
      if (to < 0 || to >= week.tasks.length) return isList() && across(key, weekAt, arrow === "ArrowUp" ? -1 : 1, arrow === "ArrowUp" ? undefined : "");
      const after = arrow === "ArrowUp" ? week.tasks[at - 2]?.key ?? "" : week.tasks[at + 1].key;
      return place([key], week.id, after);
    }
    return across(key, weekAt, arrow === "ArrowRight" ? 1 : -1, at === 0 ? "" : undefined, at);
  }

  function across(key, weekAt, by, after, at) {
    const next = editor.plan.weeks[weekAt + by];
    if (!next) return undefined;
    return place([key], next.id, after ?? next.tasks[(at ?? next.tasks.length) - 1]?.key);
  }

  function stepWeek(id, by) {
    const plan = editor.plan;
    const at = plan.week(id);
    if (at + by < 0 || at + by >= plan.weeks.length) return;
    const before = by < 0 ? plan.weeks[at - 1].id : plan.weeks[at + 2]?.id ?? null;
    editor.commit([{ op: "move_week", week: id, before }], "move-week");
    announce(view.text("weekMoved", { week: editor.plan.week(id) + 1, n: editor.plan.weeks.length }));
  }

  const isList = () => root.dataset.view === "list";

  function hold(element) {
    const grip = element.closest(".week-grip");
    held = grip ? { week: element.closest("section").dataset.id, element } : { key: keyOf(element), element };
    held.undo = editor.history.length;
    element.closest(grip ? "section" : "[data-item]").toggleAttribute("data-held", true);
    if (held.key) say([held.key], "held");
    else announce(view.text("heldWeek", { week: editor.plan.week(held.week) + 1 }));
  }

  function drop(keep) {
    const { key, undo } = held;
    root.querySelectorAll("[data-held]").forEach(each => each.removeAttribute("data-held"));
    held = undefined;
    if (!keep) while (editor.history.length > undo) editor.undo();
    if (key) say([key], keep ? "dropped" : "putBack");
  }

  root.addEventListener("focusout", event => held && !event.relatedTarget && setTimeout(() => {
    if (held && !root.contains(document.activeElement)) drop(true);
  }));

  // Before anything else hears of them: Space would scroll, Alt + Left goes back a page.
  root.addEventListener("keydown", event => {
    const place = event.target.closest(".task-card, .week-grip");
    if (!place || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const isWeek = place.matches(".week-grip");
    const isArrow = event.key.startsWith("Arrow");
    const section = place.closest("section");
    if (event.key === " " && !event.altKey) {
      event.preventDefault();
      if (held) drop(true);
      else hold(place);
    } else if (held && event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      drop(false);
    } else if (held && (event.key === "Enter" || event.key === "Tab")) {
      if (event.key === "Enter") event.preventDefault();
      drop(true);
    } else if (isArrow && (event.altKey || held)) {
      event.preventDefault();
      event.stopPropagation();
      if (isWeek) stepWeek(section.dataset.id, event.key === "ArrowLeft" || event.key === "ArrowUp" ? -1 : 1);
      else step(keyOf(place), event.key);
      place.focus({ preventScroll: true });
      place.closest(isWeek ? "section" : "[data-item]").scrollIntoView({ block: "nearest", inline: "nearest" });
      if (held) place.closest(isWeek ? "section" : "[data-item]").toggleAttribute("data-held", true);
    } else if (isArrow && !isWeek) {
      event.preventDefault();
      walk(place, event.key);
    }
  });

  // Plain arrows go from card to card.
  function walk(card, arrow) {
    const plan = editor.plan;
    const { week, at } = plan.find(keyOf(card));
    const weekAt = plan.week(week.id);
    const by = { ArrowUp: -1, ArrowDown: 1 }[arrow];
    let to = by ? week.tasks[at + by] : undefined;
    if (!to) {
      const step = by ? (isList() ? by : 0) : arrow === "ArrowRight" ? 1 : -1;
      for (let next = weekAt + step; step && plan.weeks[next] && !to; next += step) {
        const { tasks } = plan.weeks[next];
        to = by ? tasks.at(by > 0 ? 0 : -1) : tasks[Math.min(at, tasks.length - 1)];
      }
    }
    view.link(to?.key)?.focus();
  }

  editor.place = place;
}
