// The curriculum editor: the page as the server drew it becomes live. This file ties its parts together and keeps the
// history; curriculum/ holds the parts. Without any of it the page works by its links and forms.
import { freshId, freshKey, mending, mostWeeks, renewed } from "./curriculum/plan.js";
import { Sync } from "./curriculum/sync.js";
import { View } from "./curriculum/view.js";
import { moving } from "./curriculum/moving.js";
import { selecting } from "./curriculum/selecting.js";
import { panel } from "./curriculum/panel.js";
import { lines } from "./curriculum/lines.js";
import { blocks } from "./curriculum/blocks.js";
import { conflicts } from "./curriculum/conflicts.js";
import { weeks } from "./curriculum/weeks.js";

const { text, toast, announce, letter } = window.naru;
const root = document.querySelector(".weeks[data-curriculum]");

class Editor {
  constructor() {
    this.url = location.pathname.replace(/\/$/, "");
    this.history = [];
    this.undone = [];
    this.selection = new Set();
    this.listeners = [];
    this.busy = false;
    this.view = new View(this, root);
    this.sync = new Sync({
      url: this.url,
      changed: news => this.news(news),
      state: name => this.state(name),
      conflicts: met => this.met(met),
      refused: (faults, edits) => this.refused(faults, edits),
    });
  }

  get plan() {
    return (this.now ??= this.sync.plan());
  }

  onDraw(run) {
    this.listeners.push(run);
  }

  drawn(plan) {
    for (const run of this.listeners) run(plan);
  }

  draw() {
    this.now = undefined;
    // a drag in hand is not disturbed; what came in meanwhile is drawn when it ends
    if (!this.busy) this.view.draw(this.plan);
  }

  news(news) {
    this.draw();
    // said now and then, not at every letter somebody types
    if (!news?.others?.length || Date.now() - (this.saidAt ?? 0) < 15_000) return;
    this.saidAt = Date.now();
    announce(this.view.text("changedBy", { names: news.others.join(", ") }));
  }

  // Does edits, remembers how to take them back, and sends them. `kind` names the act for undo and redo.
  commit(edits, kind, { joins } = {}) {
    const plan = this.sync.plan();
    const back = [];
    for (const edit of edits) {
      back.unshift(...plan.inverse(edit));
      plan.apply(edit);
    }
    const last = this.history.at(-1);
    // letters typed into one field are one act, as long as nothing else came between
    if (joins && last?.joins === joins && Date.now() - last.at < 8000) Object.assign(last, { edits, at: Date.now() });
    else this.history.push({ kind, edits, back, joins, at: Date.now() });
    this.undone = [];
    this.sync.add(edits);
    this.draw();
    this.buttons();
  }

  turn(from, to, name) {
    const act = from.pop();
    if (!act) return;
    const plan = this.sync.plan();
    const back = [];
    for (const edit of act.back) {
      back.unshift(...plan.inverse(edit));
      plan.apply(edit);
    }
    to.push({ kind: act.kind, edits: act.back, back, at: 0 });
    this.sync.add(act.back);
    this.draw();
    this.buttons();
    announce(this.view.text(name, { what: this.view.text(`act-${act.kind}`) }));
  }

  undo() {
    this.turn(this.history, this.undone, "undone");
  }

  redo() {
    this.turn(this.undone, this.history, "redone");
  }

  buttons() {
    for (const [name, acts] of [["undo", this.history], ["redo", this.undone]]) {
      const button = document.querySelector(`[data-act=${name}]`);
      button.disabled = !acts.length;
      button.title = acts.length ? `${button.getAttribute("aria-label")}: ${this.view.text(`act-${acts.at(-1).kind}`)}` : "";
    }
  }

  state(name) {
    const line = document.querySelector("[data-save-state]");
    line.dataset.state = name;
    line.textContent = this.view.text(`state-${name}`);
  }

  met(met) {
    this.conflicts(met);
  }

  refused(faults, edits) {
    // what the server does not take is not done here either, and can't be taken back
    this.history = this.history.filter(act => !act.edits.some(edit => edits.includes(edit)));
    this.buttons();
    toast({ text: faults.map(fault => fault.text).join(" ") || text("failed") });
    this.panel?.refused(faults, edits);
  }

  inOrder(keys) {
    return this.plan.keys().filter(key => keys.has(key));
  }

  duplicate(keys) {
    const copies = renewed(keys.map(key => this.plan.task(key)));
    const edits = copies.map((copy, at) => {
      const title = this.view.text("copyOf", { title: copy.title }).slice(0, 200);
      return { op: "add", task: { ...copy, title }, week: this.plan.find(keys[at]).week.id, after: keys[at] };
    });
    this.commit(edits, "duplicate");
    this.view.link(copies[0]?.key)?.focus();
  }

  remove(keys) {
    const titles = keys.map(key => this.plan.task(key)?.title);
    const first = this.plan.find(keys[0]);
    const next = first.week.tasks.filter(task => !keys.includes(task.key)).at(Math.min(first.at, first.week.tasks.length - keys.length - 1));
    this.commit(keys.map(key => ({ op: "remove", key })), "remove");
    this.selection.clear();
    this.draw();
    const act = this.history.at(-1);
    toast({
      text: this.view.text(keys.length > 1 ? "removedMany" : "removed", { title: titles[0], n: keys.length }),
      undo: () => this.takeBack(act),
    });
    this.view.link(next?.key)?.focus();
  }

  // Of an act that may no longer be the last one.
  takeBack(act) {
    if (this.history.at(-1) === act) return this.undo();
    if (!this.history.includes(act)) return undefined;
    this.history.splice(this.history.indexOf(act), 1);
    return this.commit(act.back, act.kind);
  }

  add(week, title, after) {
    const key = freshKey();
    const task = {
      key, week: 1, title, guideline: "", submission_form: "", priority: "medium", starts_after: 0, duration: 1,
      kind: "task", owner: "mentee", depends_on: [], is_required: true,
    };
    this.commit([{ op: "add", task, week, after }], "add");
    return key;
  }

  addWeek(before = null) {
    if (this.plan.weeks.length >= mostWeeks) return;
    const week = freshId();
    this.commit([{ op: "insert_week", week, before }], "add-week");
    const section = this.view.weeks.get(week);
    section.scrollIntoView({ block: "nearest", inline: "nearest" });
    section.querySelector(".add-form input").focus({ preventScroll: true });
  }
}

function current(element, yes) {
  if (yes) element.setAttribute("aria-current", "true");
  else element.removeAttribute("aria-current");
}

function begin(editor) {
  // weeks have forms of their own from now on, and a form can't be in a form
  const order = document.querySelector("#order");
  order.before(root);
  order.remove();
  document.querySelectorAll("[data-plain]").forEach(each => each.remove());
  const more = root.querySelector(".new-week");
  root.replaceChildren(more);
  more.querySelector("button").removeAttribute("form");
  more.querySelector("button").type = "button";
  more.querySelector("button").addEventListener("click", () => editor.addWeek());

  moving(editor, root);
  selecting(editor, root);
  weeks(editor, root);
  editor.panel = panel(editor, root);
  lines(editor, root);
  blocks(editor);
  editor.conflicts = conflicts(editor);

  const head = document.querySelectorAll("[data-when]");
  const mend = document.querySelector("#mend");
  const here = document.querySelector("#here");
  editor.onDraw(plan => {
    more.hidden = plan.weeks.length >= mostWeeks;
    const { curriculum } = editor.sync;
    const isChanged = curriculum.has_changes || editor.sync.isBusy();
    for (const each of head) {
      each.hidden = { changed: !isChanged, unchanged: isChanged, publishable: !(isChanged && plan.totals().tasks) }[each.dataset.when];
    }
    document.querySelectorAll("#publish input[name=revision]").forEach(input => (input.value = editor.sync.revision));
    const words = editor.sync.here.map(one => one.name).join(", ");
    if (here.title !== words) {
      here.title = words;
      here.replaceChildren(...editor.sync.here.map(one => {
        const item = editor.view.templates.here.cloneNode(true);
        item.querySelector(".avatar").dataset.hue = one.hue;
        item.querySelector(".avatar").textContent = one.initials;
        item.querySelector("b").textContent = one.name;
        return item;
      }));
      here.parentElement.hidden = !words;
    }
    // a week that holds too much, and the move that mends it
    const found = mending(plan);
    mend.hidden = !found;
    if (!found) return;
    const week = found.over + 1;
    mend.querySelector("[data-words]").textContent = found.task
      ? editor.view.text("mend", { week, title: found.task.title, to: found.to + 1, n: found.much })
      : editor.view.text("mendNone", { week, n: found.much });
    const button = mend.querySelector("button");
    button.hidden = !found.task;
    button.onclick = () => editor.place([found.task.key], plan.weeks[found.to].id, undefined);
  });

  document.addEventListener("click", event => {
    const act = event.target.closest("[data-act]")?.dataset.act;
    if (act === "undo") editor.undo();
    if (act === "redo") editor.redo();
    const view = event.target.closest("a[data-view]");
    if (!view) return;
    event.preventDefault();
    root.dataset.view = view.dataset.view;
    document.querySelectorAll("a[data-view]").forEach(link => current(link, link === view));
    const url = new URL(location.href);
    if (view.dataset.view === "list") url.searchParams.set("view", "list");
    else url.searchParams.delete("view");
    history.replaceState(null, "", url);
    editor.draw();
  });
  document.addEventListener("keydown", event => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
    // a text field has an undo of its own
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    const key = letter(event);
    if (key === "z" || key === "y") {
      event.preventDefault();
      if (key === "y" || event.shiftKey) editor.redo();
      else editor.undo();
    }
  });
  document.querySelectorAll("[data-live]").forEach(each => (each.hidden = false));
  root.toggleAttribute("data-ready", true);
}

if (root) {
  const editor = new Editor();
  const { changed } = editor.sync;
  // the first answer only says that the page may come alive; until then it is the server's
  editor.sync.changed = () => {
    editor.sync.changed = changed;
    begin(editor);
    editor.draw();
    editor.buttons();
    // the board was filled from its end: it begins at its beginning
    root.scrollLeft = 0;
    if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: "center", inline: "center" });
  };
  editor.sync.begin();
}
