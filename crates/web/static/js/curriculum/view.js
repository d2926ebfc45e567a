// Draws the plan: one <section> a week, one <li> a task, made from the page's <template>s and reused by key, so that
// focus, scroll and half-typed words stay where they are. Only what changed is touched.
import { fullWeek } from "./plan.js";

const height = 48;
const day = 6;

// Where an element of the board belongs: to which task, to which week.
export const keyOf = element => element.closest("[data-item]")?.dataset.key;
export const weekOf = element => element.closest("section[data-id]")?.dataset.id;

// Says beside a field what is wrong with it; no words take that back.
export function fault(line, field, words) {
  line.hidden = !words;
  line.querySelector("span").textContent = words;
  if (words) field?.setAttribute("aria-invalid", "true");
  else field?.removeAttribute("aria-invalid");
}

export class View {
  constructor(editor, root) {
    this.editor = editor;
    this.root = root;
    this.texts = document.querySelector("#editor-texts").dataset;
    this.cards = new Map();
    this.weeks = new Map();
    this.templates = Object.fromEntries(
      [...document.querySelectorAll("template[data-template]")].map(template => [template.dataset.template, template.content.firstElementChild]),
    );
  }

  // A text with its values put in; %n is a count, for which one and many have texts of their own.
  text(words, values = {}) {
    const name = words.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
    const own = this.texts[name] ?? this.texts[`${name}${values.n === 1 ? "One" : "Many"}`] ?? "";
    const many = name in this.texts ? own : own.replace(values.n === 1 ? "1" : "7", "%n");
    return many.replace(/%(\w+)/g, (whole, key) => values[key] ?? whole);
  }

  // What of a task's card takes the focus; undefined where no such card is drawn.
  link(key) {
    return this.cards.get(key)?.item.querySelector(".task-card");
  }

  weekOptions(plan, value = (_, at) => at) {
    return plan.weeks.map((week, at) => new Option(this.text("week", { week: at + 1 }), value(week, at)));
  }

  draw(plan) {
    this.plan = plan;
    const titles = new Map([...plan.tasks()].map(task => [task.key, task.title]));
    const kept = new Set();
    let before = null;
    plan.weeks.forEach((week, at) => {
      const section = this.weeks.get(week.id) ?? this.newWeek(week.id);
      kept.add(week.id);
      this.week(section, week, at, plan);
      this.list(section.querySelector("ul"), week, titles);
      const next = before ? before.nextElementSibling : this.root.firstElementChild;
      if (next !== section) this.move(section, next);
      before = section;
    });
    for (const [id, section] of this.weeks) {
      if (kept.has(id)) continue;
      section.remove();
      this.weeks.delete(id);
    }
    for (const [key, card] of this.cards) {
      if (titles.has(key)) continue;
      card.item.remove();
      this.cards.delete(key);
    }
    this.totals(plan);
  }

  // Moving an element takes its focus away; it gets it back.
  move(element, next, parent = this.root) {
    const focused = element.contains(document.activeElement) ? document.activeElement : null;
    parent.insertBefore(element, next);
    focused?.focus({ preventScroll: true });
  }

  newWeek(id) {
    const section = this.templates.week.cloneNode(true);
    section.dataset.id = id;
    this.weeks.set(id, section);
    this.editor.madeWeek?.(section, id);
    return section;
  }

  week(section, week, at, plan) {
    const load = plan.load(week);
    const signature = [at, load, week.tasks.length, week.note, plan.weeks.length].join("|");
    if (section.drawn === signature) return;
    section.drawn = signature;
    const name = this.text("week", { week: at + 1 });
    const put = (selector, words) => (section.querySelector(selector).textContent = words);
    section.id = `week-${at + 1}`;
    section.dataset.week = at + 1;
    section.setAttribute("aria-label", name);
    put("h2", name);
    put(".count", `${this.text("items", { n: week.tasks.length })} · ${this.text("days", { n: load })}`);
    section.querySelector(".count").title = section.querySelector(".count").textContent;
    const over = Math.max(0, load - fullWeek);
    section.toggleAttribute("data-over", over > 0);
    put(".over-chip", over ? this.text("over", { n: over }) : "");
    section.querySelector(".over-chip").hidden = !over;
    bar(section.querySelector(".load"), load, this.text("load", { n: load }));
    const note = section.querySelector("textarea[name=note]");
    note.setAttribute("aria-label", this.text("note", { week: at + 1 }));
    if (document.activeElement !== note && note.value !== week.note) note.value = week.note;
    section.querySelector(".add-form input").setAttribute("aria-label", this.text("addTitle", { week: at + 1 }));
    for (const button of section.querySelectorAll("[data-names]")) {
      button.setAttribute("aria-label", this.text(button.dataset.names, { week: at + 1 }));
    }
  }

  list(list, week, titles) {
    let before = null;
    for (const task of week.tasks) {
      const card = this.cards.get(task.key) ?? this.newCard(task.key);
      const first = task.depends_on.map(key => titles.get(key) ?? "").join("\n");
      if (card.task !== task || card.first !== first) this.fill(card, task, first);
      const next = before ? before.nextElementSibling : list.firstElementChild;
      if (next !== card.item) this.move(card.item, next, list);
      before = card.item;
    }
    // What went elsewhere is moved by its new week, or taken out by `draw`.
  }

  newCard(key) {
    const item = this.templates.card.cloneNode(true);
    item.dataset.key = key;
    item.id = `task-${key}`;
    const link = item.querySelector("a.task-card");
    link.href = `${this.editor.url}/tasks/${key}`;
    const card = { item };
    this.cards.set(key, card);
    return card;
  }

  fill(card, task, first) {
    const { item } = card;
    card.task = task;
    card.first = first;
    const link = item.querySelector("a.task-card");
    link.dataset.kind = task.kind;
    item.querySelector(".title").textContent = task.title;
    item.querySelector("[data-kind-icon] use").setAttribute("href", this.texts.icons + { task: "square-check", reading: "book-open", form: "clipboard-list", meeting: "users" }[task.kind]);
    item.querySelector("[data-kind-text]").textContent = this.text(`kind-${task.kind}`);
    const prio = item.querySelector(".prio");
    prio.dataset.level = task.priority;
    prio.title = this.text(`priority-${task.priority}`);
    prio.setAttribute("aria-label", prio.title);
    const owner = item.querySelector("[data-owner]");
    owner.hidden = task.owner === "mentee";
    owner.textContent = this.text(`owner-${task.owner}`);
    item.querySelector("[data-optional]").hidden = task.is_required;
    item.querySelector(".facts .end").textContent = this.text("days", { n: task.duration });
    item.querySelector(".pick").setAttribute("aria-label", this.text("pick", { title: task.title }));
    item.querySelector(".card-more").setAttribute("aria-label", this.text("cardMenu", { title: task.title }));
    const titles = first ? first.split("\n") : [];
    const depends = item.querySelector(".depends-list");
    depends.replaceChildren(
      ...titles.map(title => {
        const line = this.templates.depends.cloneNode(true);
        line.querySelector("span").textContent = this.text("first", { title });
        return line;
      }),
    );
  }

  totals(plan) {
    const totals = plan.totals();
    for (const [name, n] of Object.entries(totals)) {
      document.querySelector(`[data-total="${name}"]`).textContent = this.text(`total-${name}`, { n });
    }
    this.strip(plan);
    this.editor.drawn?.(plan);
  }

  // All weeks at a glance; each bar leads to its week.
  strip(plan) {
    const strip = document.querySelector("#load-strip");
    while (strip.children.length > plan.weeks.length) strip.lastElementChild.remove();
    while (strip.children.length < plan.weeks.length) strip.append(this.templates.strip.cloneNode(true));
    plan.weeks.forEach((week, at) => {
      const link = strip.children[at].firstElementChild;
      const load = plan.load(week);
      const words = `${this.text("week", { week: at + 1 })}: ${this.text("days", { n: load })}`;
      if (link.title === words) return;
      link.href = `#week-${at + 1}`;
      link.title = words;
      link.querySelector(".sr").textContent = words;
      link.querySelector("b").textContent = at + 1;
      bar(link.querySelector("svg"), load);
    });
  }
}

// A bar of working days; the dashed line is a full week, what is above it too much.
function bar(svg, load, label) {
  const fits = Math.min(load, fullWeek) * day;
  const room = height - fullWeek * day;
  const over = Math.min(Math.max(0, load - fullWeek) * day, room);
  const [below, above] = svg.querySelectorAll("rect");
  below.setAttribute("y", height - fits);
  below.setAttribute("height", fits);
  above.setAttribute("y", room - over);
  above.setAttribute("height", over);
  if (label) svg.setAttribute("aria-label", label);
}
