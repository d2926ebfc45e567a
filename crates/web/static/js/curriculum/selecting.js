// Several tasks at once: Ctrl or Shift and a click, the box on a card, a long press on a phone, or all of a week.
import { keyOf } from "./view.js";

const { announce, composing, letter } = window.naru;

export function selecting(editor, root) {
  const { view, selection } = editor;
  const bar = document.querySelector("#selection");
  let last;

  function select(card, yes = !selection.has(card)) {
    if (yes) selection.add(card);
    else selection.delete(card);
    last = card;
    show();
  }
  editor.select = select;

  function range(card) {
    const all = editor.plan.keys();
    const [from, to] = [all.indexOf(last ?? card), all.indexOf(card)].sort((a, b) => a - b);
    for (const each of all.slice(Math.max(0, from), to + 1)) selection.add(each);
    show();
  }

  function clear() {
    selection.clear();
    show();
  }
  editor.unselect = clear;

  function show() {
    for (const [card, { item }] of view.cards) {
      const yes = selection.has(card);
      item.toggleAttribute("data-selected", yes);
      item.querySelector(".pick").checked = yes;
    }
    for (const card of selection) if (!view.cards.has(card)) selection.delete(card);
    const n = selection.size;
    root.toggleAttribute("data-selecting", n > 0);
    bar.hidden = n === 0;
    const words = n ? view.text("selected", { n }) : "";
    if (bar.querySelector("[data-count]").textContent !== words) {
      bar.querySelector("[data-count]").textContent = words;
      if (n) announce(words);
    }
  }

  editor.onDraw(plan => {
    show();
    const choice = bar.querySelector("select[name=to_week]");
    if (choice.options.length !== plan.weeks.length + 1) {
      choice.replaceChildren(choice.options[0], ...view.weekOptions(plan));
    }
  });

  root.addEventListener("click", event => {
    const pick = event.target.closest(".pick");
    if (pick) {
      if (event.shiftKey) range(keyOf(pick));
      else select(keyOf(pick), pick.checked);
      return;
    }
    const card = event.target.closest(".task-card");
    if (!card) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || (root.hasAttribute("data-selecting") && matchMedia("(pointer: coarse)").matches)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.shiftKey) range(keyOf(card));
      else select(keyOf(card));
    }
  });
  // Shift + click would select text
  root.addEventListener("mousedown", event => event.shiftKey && event.target.closest(".task-card") && event.preventDefault());

  // A long press without a move selects; with one it is a drag.
  let pressed, isLong = false;
  // the click that some browsers send after it must not take the selection back
  root.addEventListener("click", event => {
    if (!isLong) return;
    isLong = false;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  root.addEventListener("touchstart", event => {
    isLong = false;
    clearTimeout(pressed);
    const card = event.target.closest(".task-card");
    if (!card || event.touches.length > 1) return;
    const start = event.touches[0];
    const at = [start.clientX, start.clientY];
    pressed = setTimeout(() => {
      isLong = true;
      select(keyOf(card), true);
      navigator.vibrate?.(10);
    }, 550);
    const stop = move => {
      const touch = move.touches?.[0];
      if (touch && Math.hypot(touch.clientX - at[0], touch.clientY - at[1]) < 8) return;
      clearTimeout(pressed);
      removeEventListener("touchmove", stop);
    };
    addEventListener("touchmove", stop, { passive: true });
    addEventListener("touchend", stop, { once: true });
    addEventListener("touchend", () => setTimeout(() => (isLong = false), 700), { once: true });
  }, { passive: true });
  // the press itself must not open the browser's menu for links
  root.addEventListener("contextmenu", event => matchMedia("(pointer: coarse)").matches && event.target.closest(".task-card") && event.preventDefault());

  document.addEventListener("keydown", event => {
    if (event.key === "Escape" && !composing(event) && selection.size && !event.defaultPrevented && !document.querySelector("dialog[open]") && !event.target.closest("#task-panel")) clear();
    const card = event.target.closest?.(".task-card");
    if (!card || !root.contains(card)) return;
    const pressed = letter(event);
    if (pressed === "x" && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      select(keyOf(card));
    }
    if (pressed === "a" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      for (const each of editor.plan.keys()) selection.add(each);
      show();
    }
  });

  bar.addEventListener("change", event => {
    const choice = event.target.closest("select");
    if (!choice || choice.value === "") return;
    const keys = editor.inOrder(selection);
    if (choice.name === "to_week") editor.place(keys, editor.plan.weeks[Number(choice.value)].id, undefined);
    else {
      const fields = { [choice.name]: choice.value };
      const differ = keys.filter(each => editor.plan.task(each)[choice.name] !== choice.value);
      if (differ.length) editor.commit(differ.map(each => ({ op: "change", key: each, fields })), "change");
      announce(view.text("changedMany", { n: differ.length }));
    }
    choice.value = "";
  });
  bar.addEventListener("click", event => {
    const act = event.target.closest("[data-bulk]")?.dataset.bulk;
    const keys = editor.inOrder(selection);
    if (act === "clear") clear();
    if (act === "duplicate") editor.duplicate(keys);
    if (act === "remove") editor.remove(keys);
    if (act === "block") editor.keepBlock(keys);
  });
}
