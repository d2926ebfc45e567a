// One task beside the board: every field, written as it is typed. What others change arrives in it too, but never in
// the field somebody is typing into.
import Combobox from "../../vendor/combobox-nav.js";
import { composed } from "../composed.js";
import { oneLine, same } from "./plan.js";
import { fault, keyOf } from "./view.js";

const { announce, composing, text } = window.naru;
const wait = 700;
const numbers = { starts_after: [0, 30], duration: [1, 260] };

export function panel(editor, root) {
  const { view } = editor;
  const box = document.querySelector("#task-panel");
  const form = box.querySelector("form");
  const field = name => form.elements.namedItem(name);
  const names = ["title", "kind", "owner", "priority", "starts_after", "duration", "is_required", "guideline", "submission_form"];
  const isPhone = () => matchMedia("(max-width: 1000px)").matches;
  let key, timer, seen = {};

  const read = name => {
    const input = field(name);
    if (name === "is_required") return input.checked;
    if (name in numbers) return Number(input.value);
    return name === "title" ? oneLine(input.value) : input.value;
  };
  const write = (name, value) => {
    const input = field(name);
    if (name === "is_required") input.checked = value;
    else if (input.value !== String(value)) input.value = value;
  };

  function open(card) {
    if (!editor.plan.task(card)) return;
    if (key && key !== card) save();
    key = card;
    seen = {};
    for (const name of [...names, "depends_on"]) say(name, "");
    box.hidden = false;
    document.body.toggleAttribute("data-panel", true);
    root.querySelectorAll("[aria-current]").forEach(other => other.removeAttribute("aria-current"));
    view.link(key).setAttribute("aria-current", "true");
    // a preview belongs to the task it was opened for
    box.querySelectorAll('[data-editor-view=write][aria-pressed="false"]').forEach(button => button.click());
    refresh();
    if (isPhone()) behind(true);
    box.scrollTop = 0;
    field("title").focus({ preventScroll: true });
    if (!isPhone()) requestAnimationFrame(() => view.cards.get(key)?.item.scrollIntoView({ block: "nearest", inline: "nearest" }));
  }

  // on a phone the panel covers everything: what is under it is out of reach
  function behind(yes) {
    for (const each of document.querySelectorAll("#main > *:not(#task-panel), .side, .topbar")) each.inert = yes;
  }

  function close() {
    if (!key) return;
    save();
    const link = view.link(key);
    key = undefined;
    box.hidden = true;
    document.body.removeAttribute("data-panel");
    behind(false);
    root.querySelectorAll("[aria-current]").forEach(card => card.removeAttribute("aria-current"));
    link?.focus();
  }

  function refresh() {
    if (!key) return;
    const found = editor.plan.find(key);
    if (!found) {
      // somebody removed it; what was being typed is still in the field's undo, the act can be taken back
      announce(view.text("panelGone"));
      return close();
    }
    const { task, week } = found;
    for (const name of names) {
      const isTyped = name in seen && !same(read(name), seen[name]);
      if (isTyped || (document.activeElement === field(name) && field(name).matches("input, textarea") && name in seen)) continue;
      write(name, task[name]);
    }
    const choice = field("week");
    if (choice.options.length !== editor.plan.weeks.length) {
      choice.replaceChildren(...view.weekOptions(editor.plan));
    }
    if (document.activeElement !== choice) choice.value = editor.plan.week(week.id);
    chips(task);
  }

  // Writes what differs from when its writing began.
  function save(only) {
    clearTimeout(timer);
    if (!key || !editor.plan.task(key)) return;
    for (const name of only ? [only] : Object.keys(seen)) {
      if (!(name in seen)) continue;
      const value = read(name);
      if (!isRight(name, value)) continue;
      if (same(value, seen[name])) continue;
      const before = seen[name];
      seen[name] = value;
      editor.write(key, name, value, before, true);
    }
  }

  function isRight(name, value) {
    const [least, most] = numbers[name] ?? [];
    const words = name === "title" && !value ? view.text("needed")
      : name in numbers && (!Number.isInteger(value) || value < least || value > most) ? view.text("between", { least, most }) : "";
    say(name, words);
    return !words;
  }

  function say(name, words) {
    const line = box.querySelector(`#panel-${name}-error`);
    if (line) fault(line, name === "depends_on" ? input : field(name), words);
  }

  form.addEventListener("focusin", event => {
    const { name } = event.target;
    // a wrong value is not what was there before: its field remembers that already
    if (names.includes(name)) seen[name] ??= read(name);
  });
  form.addEventListener("input", event => {
    const { name } = event.target;
    if (!names.includes(name)) return;
    seen[name] ??= editor.plan.task(key)?.[name];
    clearTimeout(timer);
    timer = setTimeout(() => save(), wait);
    if (event.target.matches("select, [type=checkbox]")) save(name);
  });
  form.addEventListener("focusout", event => {
    const { name } = event.target;
    if (!names.includes(name)) return;
    save(name);
    if (isRight(name, read(name))) delete seen[name];
  });
  form.addEventListener("change", event => {
    if (event.target.name !== "week") return;
    const week = editor.plan.weeks[Number(event.target.value)];
    if (week) editor.place([key], week.id, undefined);
  });
  form.addEventListener("submit", event => {
    event.preventDefault();
    event.stopImmediatePropagation();
    save();
  });
  addEventListener("pagehide", () => save());
  addEventListener("beforeunload", event => {
    save();
    if (editor.sync.isBusy() && !editor.sync.stopped) event.preventDefault();
  });

  box.addEventListener("keydown", event => {
    if (event.key !== "Escape" || composing(event) || event.defaultPrevented) return;
    event.preventDefault();
    close();
  });
  box.addEventListener("click", event => {
    const act = event.target.closest("[data-panel-act]")?.dataset.panelAct;
    if (!act) return;
    if (act === "close") close();
    if (act === "duplicate") {
      save();
      editor.duplicate([key]);
    }
    if (act === "remove") {
      const gone = key;
      close();
      editor.remove([gone]);
    }
    if (act === "before" || act === "after") {
      const all = editor.plan.keys();
      const next = all[all.indexOf(key) + (act === "after" ? 1 : -1)];
      if (next) open(next);
    }
  });

  root.addEventListener("click", event => {
    const card = event.target.closest("a.task-card");
    if (!card || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(keyOf(card));
  });

  // --- what comes first: chosen by name among the tasks of this draft
  const input = box.querySelector("#panel-first");
  const list = box.querySelector("#panel-first-list");
  const chosen = box.querySelector("[data-chosen]");
  const error = box.querySelector("#panel-depends_on-error");
  const combobox = new Combobox(input, list, { tabInsertsSuggestions: false });
  let isOpen = false;

  function chips(task) {
    const signature = task.depends_on.map(other => `${other} ${editor.plan.task(other)?.title}`).join("\n");
    if (chosen.dataset.drawn === signature) return;
    chosen.dataset.drawn = signature;
    chosen.replaceChildren(...task.depends_on.map(other => {
      const item = view.templates.chosen.cloneNode(true);
      const title = editor.plan.task(other)?.title ?? "";
      item.querySelector("span").textContent = title;
      item.querySelector("button").setAttribute("aria-label", view.text("dropFirst", { title }));
      item.querySelector("button").addEventListener("click", () => {
        wait_for(task.depends_on.filter(each => each !== other));
        input.focus();
      });
      return item;
    }));
  }

  function wait_for(depends_on) {
    const circle = editor.plan.circle(key, depends_on);
    const words = circle ? view.text("circle", { titles: circle.join(" → ") }) : "";
    fault(error, input, words);
    if (words) return announce(words);
    return editor.commit([{ op: "change", key, fields: { depends_on } }], "change");
  }

  function suggest() {
    const task = editor.plan.task(key);
    const words = input.value.trim().toLocaleLowerCase();
    const fits = other => other.key !== key && !task.depends_on.includes(other.key) && other.title.toLocaleLowerCase().includes(words);
    const found = [...editor.plan.tasks()].filter(fits).slice(0, 30);
    list.replaceChildren(...found.map(other => {
      const option = view.templates.option.cloneNode(true);
      option.id = `first-${other.key}`;
      option.dataset.value = other.key;
      option.querySelector("span").textContent = other.title;
      option.querySelector("small").textContent = view.text("week", { week: editor.plan.week(editor.plan.find(other.key).week.id) + 1 });
      return option;
    }));
    if (!found.length) list.append(Object.assign(document.createElement("p"), { className: "none", textContent: text("no-results") }));
    toggle(document.activeElement === input);
    combobox.clearSelection();
  }
  function toggle(yes) {
    if (yes === isOpen) return;
    isOpen = yes;
    list.hidden = !yes;
    if (yes) combobox.start();
    else combobox.stop();
  }
  composed(input, step => isOpen && combobox.navigate(step));
  input.addEventListener("focus", suggest);
  input.addEventListener("input", suggest);
  input.addEventListener("blur", () => setTimeout(() => toggle(false), 150));
  input.addEventListener("keydown", event => {
    if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      toggle(false);
    }
    if (event.key === "ArrowDown" && !isOpen) suggest();
    if (event.key === "Enter") event.preventDefault();
    const task = editor.plan.task(key);
    if (event.key === "Backspace" && !input.value && task.depends_on.length) wait_for(task.depends_on.slice(0, -1));
  });
  list.addEventListener("combobox-commit", event => {
    const other = event.target.dataset.value;
    if (!other) return;
    input.value = "";
    wait_for([...editor.plan.task(key).depends_on, other]);
    toggle(false);
    input.focus();
  });

  editor.onDraw(refresh);
  return {
    open,
    close,
    refused(faults, edits) {
      for (const { edit, field: name, text: words } of faults) if (edits[edit]?.key === key) say(name, words);
    },
  };
}
