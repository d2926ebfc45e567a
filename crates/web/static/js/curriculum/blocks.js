// Task blocks: a selection kept under a name, and put in elsewhere with what its tasks wait for among themselves.
import { freshId, freshKey, mostWeeks } from "./plan.js";

const { post, said, toast, text } = window.naru;

export function blocks(editor) {
  const { view } = editor;
  const keep = document.querySelector("#keep-block");
  const insert = document.querySelector("#insert-block");
  let chosen = [], week;

  editor.keepBlock = keys => {
    chosen = keys;
    keep.querySelector("[data-count]").textContent = view.text("blockOf", { n: keys.length });
    fault("");
    keep.showModal();
    keep.querySelector("input[name=name]").focus();
  };

  function fault(words) {
    const line = keep.querySelector(".error");
    line.hidden = !words;
    line.querySelector("span").textContent = words;
    keep.querySelector("input[name=name]").toggleAttribute("aria-invalid", Boolean(words));
  }

  keep.querySelector("form").addEventListener("submit", async event => {
    event.preventDefault();
    event.stopImmediatePropagation();
    // the server takes the tasks from the draft as it has it: what is still on its way goes first
    await editor.sync.flush();
    const form = event.target;
    const body = new URLSearchParams(new FormData(form));
    for (const key of chosen) body.append("key", key);
    const response = await post(form.action, {}, { body }).catch(() => null);
    if (response?.ok) {
      toast(await response.json());
      keep.close();
      form.reset();
      form.elements.once.value = crypto.randomUUID();
      return editor.unselect();
    }
    if (response?.status === 422) {
      const faults = await response.json();
      return fault(Object.values(faults).join(" "));
    }
    return toast({ text: (response && said(response)) || text(response ? "failed" : "network") });
  });

  const list = insert.querySelector("[data-blocks]");
  const where = insert.querySelector("select");
  editor.insertBlock = async id => {
    week = id;
    where.replaceChildren(...editor.plan.weeks.map((each, at) => new Option(view.text("week", { week: at + 1 }), each.id)));
    where.value = week ?? editor.plan.weeks.at(-1).id;
    list.setAttribute("aria-busy", "true");
    insert.showModal();
    const response = await fetch("/curricula/blocks/list", { headers: { "HX-Request": "true" } }).catch(() => null);
    list.removeAttribute("aria-busy");
    const all = response?.ok ? await response.json() : [];
    insert.querySelector("[data-none]").hidden = all.length > 0;
    list.replaceChildren(...all.map(block => {
      const item = view.templates.block.cloneNode(true);
      item.querySelector("b").textContent = block.name;
      item.querySelector("small").textContent = [
        block.department_name ?? view.text("common"), view.text("items", { n: block.task_count }), view.text("total-weeks", { n: block.total_weeks }),
      ].join(" · ");
      item.querySelector("button").addEventListener("click", () => put(block));
      return item;
    }));
    (list.querySelector("button") ?? where).focus();
  };
  document.querySelector("[data-insert-block]").addEventListener("click", () => editor.insertBlock());

  async function put(block) {
    const response = await fetch(`/curricula/blocks/${block.block_id}/tasks`, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!response?.ok) return toast({ text: (response && said(response)) || text(response ? "failed" : "network") });
    const tasks = await response.json();
    const { plan } = editor;
    const first = Math.max(0, plan.week(where.value));
    const ids = plan.weeks.map(each => each.id);
    const edits = [];
    const keys = new Map(tasks.map(task => [task.key, freshKey()]));
    for (const task of tasks) {
      const at = Math.min(first + task.week - 1, mostWeeks - 1);
      while (ids.length <= at) {
        ids.push(freshId());
        edits.push({ op: "insert_week", week: ids.at(-1), before: null });
      }
      const depends_on = task.depends_on.map(key => keys.get(key));
      edits.push({ op: "add", week: ids[at], task: { ...task, key: keys.get(task.key), depends_on } });
    }
    insert.close();
    editor.commit(edits, "block");
    const act = editor.history.at(-1);
    toast({ text: view.text("blockInserted", { name: block.name, n: tasks.length }), undo: () => editor.takeBack(act) });
    const card = view.cards.get([...keys.values()][0])?.item;
    card?.scrollIntoView({ block: "nearest", inline: "nearest" });
    card?.querySelector(".task-card").focus({ preventScroll: true });
    return undefined;
  }
}
