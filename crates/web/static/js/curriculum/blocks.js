// Task blocks: a selection kept under a name, and put in elsewhere with what its tasks wait for among themselves.
import { freshId, mostWeeks, renewed } from "./plan.js";
import { fault } from "./view.js";

const { post, toast, failed, why } = window.naru;

export function blocks(editor) {
  const { view } = editor;
  const keep = document.querySelector("#keep-block");
  const insert = document.querySelector("#insert-block");
  let chosen = [];

  editor.keepBlock = keys => {
    chosen = keys;
    keep.querySelector("[data-count]").textContent = view.text("blockOf", { n: keys.length });
    say("");
    keep.showModal();
    keep.querySelector("input[name=name]").focus();
  };

  const say = words => fault(keep.querySelector(".error"), keep.querySelector("input[name=name]"), words);

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
      return say(Object.values(faults).join(" "));
    }
    return failed(response);
  });

  const list = insert.querySelector("[data-blocks]");
  const where = insert.querySelector("select");
  const none = insert.querySelector("[data-none]");
  const broken = insert.querySelector("[data-failed]");
  const again = broken.querySelector("button");
  editor.insertBlock = week => {
    where.replaceChildren(...view.weekOptions(editor.plan, each => each.id));
    where.value = week ?? editor.plan.weeks.at(-1).id;
    insert.showModal();
    return offer();
  };

  async function offer() {
    list.setAttribute("aria-busy", "true");
    const response = await fetch("/curricula/blocks/list", { headers: { "HX-Request": "true" } }).catch(() => null);
    const all = response?.ok ? await response.json().catch(() => null) : null;
    list.removeAttribute("aria-busy");
    none.hidden = !all || all.length > 0;
    broken.hidden = Boolean(all);
    list.replaceChildren();
    if (!all) {
      broken.querySelector("[data-words]").textContent = why(response);
      return again.focus();
    }
    list.replaceChildren(...all.map(block => {
      const item = view.templates.block.cloneNode(true);
      item.querySelector("b").textContent = block.name;
      item.querySelector("small").textContent = [
        block.department_name ?? view.text("common"), view.text("items", { n: block.task_count }), view.text("total-weeks", { n: block.total_weeks }),
      ].join(" · ");
      item.querySelector("button").addEventListener("click", () => put(block));
      return item;
    }));
    return (list.querySelector("button") ?? where).focus();
  }
  again.addEventListener("click", offer);
  document.querySelector("[data-insert-block]").addEventListener("click", () => editor.insertBlock());

  async function put(block) {
    const response = await fetch(`/curricula/blocks/${block.block_id}/tasks`, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!response?.ok) return failed(response);
    const tasks = await response.json();
    const { plan } = editor;
    const first = Math.max(0, plan.week(where.value));
    const ids = plan.weeks.map(each => each.id);
    const edits = [];
    const copies = renewed(tasks);
    for (const task of copies) {
      const at = Math.min(first + task.week - 1, mostWeeks - 1);
      while (ids.length <= at) {
        ids.push(freshId());
        edits.push({ op: "insert_week", week: ids.at(-1), before: null });
      }
      edits.push({ op: "add", week: ids[at], task });
    }
    insert.close();
    editor.commit(edits, "block");
    const act = editor.history.at(-1);
    toast({ text: view.text("blockInserted", { name: block.name, n: tasks.length }), undo: () => editor.takeBack(act) });
    const link = view.link(copies[0]?.key);
    link?.scrollIntoView({ block: "nearest", inline: "nearest" });
    link?.focus({ preventScroll: true });
    return undefined;
  }
}
