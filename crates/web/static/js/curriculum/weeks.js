// What is typed on the board itself: titles in place, new tasks, week notes, and what a week's or a card's menu does.
import { freshId, oneLine, renewed, same } from "./plan.js";
import { keyOf, weekOf } from "./view.js";

const { announce, composing, letter, toast } = window.naru;

export function weeks(editor, root) {
  const { view } = editor;

  // --- a title, in place: a field lies over it while it is written
  function rename(card) {
    const item = view.cards.get(card).item;
    const { task } = editor.plan.find(card);
    const field = view.templates.title.cloneNode(true);
    field.value = task.title;
    field.setAttribute("aria-label", view.text("rename", { title: task.title }));
    const before = task.title;
    let isOver = false;
    const end = keeps => {
      if (isOver) return;
      isOver = true;
      const title = oneLine(field.value);
      const hadFocus = field === document.activeElement;
      field.remove();
      if (keeps && title && title !== before) editor.write(card, "title", title, before);
      if (hadFocus) view.link(card)?.focus();
    };
    field.addEventListener("keydown", event => {
      event.stopPropagation();
      if (composing(event)) return;
      if (event.key === "Enter") {
        event.preventDefault();
        end(true);
      } else if (event.key === "Escape") end(false);
    });
    field.addEventListener("blur", () => end(true));
    item.append(field);
    field.focus();
    field.select();
  }
  editor.rename = rename;

  // Writes one field; `seen` is what it was when the writing began. What somebody else wrote meanwhile is not lost.
  editor.write = (card, field, value, seen, joins) => {
    const found = editor.plan.find(card);
    if (!found) return false;
    const now = found.task[field];
    if (same(now, value)) return true;
    if (seen !== undefined && !same(now, seen) && field !== "depends_on") {
      editor.conflicts([{ kind: "same_field", key: card, title: found.task.title, field, mine: value, theirs: now, by: null }]);
    }
    editor.commit([{ op: "change", key: card, fields: { [field]: value } }], "change", { joins: joins && `${card}.${field}` });
    return true;
  };

  root.addEventListener("dblclick", event => {
    const card = event.target.closest(".task-card");
    if (!card) return;
    event.preventDefault();
    rename(keyOf(card));
  });

  root.addEventListener("keydown", event => {
    const card = event.target.closest(".task-card");
    if (!card) return;
    const chosen = () => (editor.selection.has(keyOf(card)) ? editor.inOrder(editor.selection) : [keyOf(card)]);
    const isCommand = event.ctrlKey || event.metaKey;
    if (event.key === "F2") {
      event.preventDefault();
      rename(keyOf(card));
    } else if (event.key === "Delete" || (event.key === "Backspace" && isCommand)) {
      event.preventDefault();
      editor.remove(chosen());
    } else if (letter(event) === "d" && isCommand && !event.shiftKey) {
      event.preventDefault();
      editor.duplicate(chosen());
    }
  });

  // --- new tasks: Enter adds, and the field is there for the next one
  root.addEventListener("submit", event => {
    const form = event.target.closest(".add-form");
    if (!form) return;
    event.preventDefault();
    event.stopPropagation();
    const input = form.querySelector("input");
    const title = oneLine(input.value);
    if (!title) return;
    editor.add(weekOf(form), title);
    input.value = "";
    input.focus();
    announce(view.text("added", { title, week: editor.plan.week(weekOf(form)) + 1 }));
  }, true);
  root.addEventListener("toggle", event => {
    if (event.target.matches(".add-task") && event.target.open) event.target.querySelector("input").focus();
  }, true);
  root.addEventListener("keydown", event => {
    const form = event.target.closest(".add-form");
    if (!form || event.key !== "Escape" || composing(event)) return;
    form.closest("details").open = false;
    form.closest("details").querySelector("summary").focus();
  });

  // --- notes
  let seen;
  root.addEventListener("focusin", event => event.target.matches("textarea[name=note]") && (seen = event.target.value));
  root.addEventListener("focusout", event => {
    const area = event.target;
    if (!area.matches("textarea[name=note]")) return;
    const week = editor.plan.weeks[editor.plan.week(weekOf(area))];
    if (!week || area.value === seen) return;
    if (week.note !== seen && week.note !== area.value) {
      editor.conflicts([{ kind: "same_field", field: "note", weekId: week.id, week: editor.plan.week(week.id) + 1, mine: area.value, theirs: week.note, by: null }]);
    }
    if (week.note !== area.value) editor.commit([{ op: "note", week: week.id, note: area.value }], "note");
  });

  // --- menus: one for all cards, one for all weeks
  let card, week;
  const cardMenu = document.querySelector("#card-menu");
  const weekMenu = document.querySelector("#week-menu");
  root.addEventListener("click", event => {
    const button = event.target.closest("[popovertarget]");
    if (button?.getAttribute("popovertarget") === "card-menu") {
      card = keyOf(button);
      const { week: own, at } = editor.plan.find(card);
      const place = editor.plan.week(own.id);
      for (const [name, off] of [["up", at === 0], ["down", at === own.tasks.length - 1], ["earlier", place === 0], ["later", place === editor.plan.weeks.length - 1]]) {
        cardMenu.querySelector(`[data-card=${name}]`).hidden = off;
      }
    }
    if (button?.getAttribute("popovertarget") === "week-menu") {
      week = weekOf(button);
      const at = editor.plan.week(week);
      weekMenu.querySelector("[data-week-act=earlier]").hidden = at === 0;
      weekMenu.querySelector("[data-week-act=later]").hidden = at === editor.plan.weeks.length - 1;
      weekMenu.querySelector("[data-week-act=remove]").hidden = editor.plan.weeks.length === 1;
    }
  }, true);
  cardMenu.addEventListener("click", event => {
    const act = event.target.closest("[data-card]")?.dataset.card;
    if (!act) return;
    cardMenu.hidePopover();
    const link = view.link(card);
    if (!link) return;
    const arrow = { up: "ArrowUp", down: "ArrowDown", earlier: "ArrowLeft", later: "ArrowRight" }[act];
    if (arrow) {
      link.focus();
      link.dispatchEvent(new KeyboardEvent("keydown", { key: arrow, altKey: true, bubbles: true }));
    }
    if (act === "edit") editor.panel.open(card);
    if (act === "rename") rename(card);
    if (act === "duplicate") editor.duplicate([card]);
    if (act === "select") editor.select(card);
    if (act === "remove") editor.remove([card]);
  });
  weekMenu.addEventListener("click", event => {
    const act = event.target.closest("[data-week-act]")?.dataset.weekAct;
    if (!act) return;
    weekMenu.hidePopover();
    const { plan } = editor;
    const at = plan.week(week);
    const grip = view.weeks.get(week).querySelector(".week-grip");
    if (act === "earlier" || act === "later") {
      grip.focus();
      grip.dispatchEvent(new KeyboardEvent("keydown", { key: act === "earlier" ? "ArrowLeft" : "ArrowRight", altKey: true, bubbles: true }));
    }
    if (act === "before") editor.addWeek(week);
    if (act === "select") plan.weeks[at].tasks.forEach(task => editor.select(task.key, true));
    if (act === "block") editor.insertBlock(week);
    if (act === "duplicate") duplicate(at);
    if (act === "remove") removeWeek(at);
  });

  function duplicate(at) {
    const { plan } = editor;
    const from = plan.weeks[at];
    const copy = freshId();
    const edits = [{ op: "insert_week", week: copy, before: plan.weeks[at + 1]?.id ?? null }];
    if (from.note) edits.push({ op: "note", week: copy, note: from.note });
    for (const task of renewed(from.tasks)) edits.push({ op: "add", week: copy, task });
    editor.commit(edits, "duplicate");
    announce(view.text("weekDuplicated", { week: at + 2 }));
  }

  function removeWeek(at) {
    const { plan } = editor;
    const gone = plan.weeks[at];
    const edits = gone.tasks.map(task => ({ op: "remove", key: task.key }));
    editor.commit([...edits, { op: "remove_week", week: gone.id }], "remove-week");
    const act = editor.history.at(-1);
    toast({ text: view.text("weekRemoved", { week: at + 1, n: gone.tasks.length }), undo: () => editor.takeBack(act) });
  }
}
