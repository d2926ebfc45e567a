// What waits for what, drawn between the cards: on the columns as lines, on hover and focus as light, in a list as words.
const { keep, kept } = window.naru;
const ns = "http://www.w3.org/2000/svg";

export function lines(editor, root) {
  const { view } = editor;
  const toggle = document.querySelector("[data-lines]");
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("class", "wires");
  svg.setAttribute("aria-hidden", "true");
  const paths = new Map();
  let on = kept("lines") !== "off", soon;

  function show() {
    toggle.setAttribute("aria-pressed", String(on));
    toggle.hidden = root.dataset.view === "list";
    root.toggleAttribute("data-wired", on && root.dataset.view !== "list");
  }

  const later = () => {
    cancelAnimationFrame(soon);
    soon = requestAnimationFrame(draw);
  };

  function draw() {
    show();
    if (!on || root.dataset.view === "list") return svg.remove();
    if (!svg.isConnected) root.append(svg);
    const box = root.getBoundingClientRect();
    const [left, top] = [box.left - root.scrollLeft, box.top - root.scrollTop];
    // all measuring before all writing
    const spots = new Map();
    const spot = key => {
      if (!spots.has(key)) {
        const rect = view.link(key)?.getBoundingClientRect();
        spots.set(key, rect && { left: rect.left - left, right: rect.right - left, y: rect.top - top + Math.min(22, rect.height / 2) });
      }
      return spots.get(key);
    };
    const wanted = [];
    for (const task of editor.plan.tasks()) {
      for (const first of task.depends_on) {
        const [from, to] = [spot(first), spot(task.key)];
        if (from && to) wanted.push([`${first} ${task.key}`, curve(from, to)]);
      }
    }
    const size = [root.scrollWidth, root.scrollHeight];
    if (svg.dataset.size !== size.join()) {
      svg.dataset.size = size.join();
      // the drawing itself must not make the board wider
      svg.setAttribute("width", 0);
      svg.setAttribute("height", 0);
      svg.setAttribute("width", Math.max(...[...root.querySelectorAll(":scope > *")].map(each => (each === svg ? 0 : each.offsetLeft + each.offsetWidth))));
      svg.setAttribute("height", Math.max(...[...root.querySelectorAll(":scope > section")].map(each => each.offsetTop + each.offsetHeight)));
    }
    const drawn = new Set();
    for (const [name, d] of wanted) {
      drawn.add(name);
      let path = paths.get(name);
      if (!path) {
        path = document.createElementNS(ns, "path");
        paths.set(name, path);
        svg.append(path);
      }
      if (path.getAttribute("d") !== d) path.setAttribute("d", d);
    }
    for (const [name, path] of paths) {
      if (drawn.has(name)) continue;
      path.remove();
      paths.delete(name);
    }
    light();
  }

  // From the right of what comes first to the left of what waits; within a week around its right side.
  function curve(from, to) {
    if (to.left > from.left + 8) {
      const bend = Math.max(14, Math.min(60, (to.left - from.right) / 2));
      return `M${n(from.right)} ${n(from.y)}C${n(from.right + bend)} ${n(from.y)} ${n(to.left - bend)} ${n(to.y)} ${n(to.left - 5)} ${n(to.y)}m-5 -4l5 4l-5 4`;
    }
    const out = Math.max(from.right, to.right) + 12;
    return `M${n(from.right)} ${n(from.y)}C${n(out)} ${n(from.y)} ${n(out)} ${n(to.y)} ${n(to.right + 5)} ${n(to.y)}m5 -4l-5 4l5 4`;
  }
  const n = value => Math.round(value * 10) / 10;

  // Under the pointer, or with the focus: the task, what it waits for and what waits for it.
  let lit;
  function light() {
    const key = lit?.isConnected ? lit.dataset.key : undefined;
    const task = key && editor.plan.task(key);
    const near = new Set(task?.depends_on ?? []);
    if (task) for (const other of editor.plan.waiting(key)) near.add(other.key);
    for (const [other, { item }] of view.cards) item.toggleAttribute("data-linked", near.has(other));
    svg.toggleAttribute("data-lit", near.size > 0);
    for (const [name, path] of paths) path.toggleAttribute("data-on", Boolean(key) && name.split(" ").includes(key));
  }
  const see = event => {
    const item = event.target.closest?.("[data-item]");
    if (item === lit) return;
    lit = item;
    light();
  };
  root.addEventListener("pointerover", see);
  root.addEventListener("focusin", see);
  root.addEventListener("pointerleave", () => {
    lit = document.activeElement?.closest?.("[data-item]");
    light();
  });

  toggle.addEventListener("click", () => {
    on = !on;
    keep("lines", on ? "" : "off");
    later();
  });
  editor.onDraw(later);
  new ResizeObserver(later).observe(root);
  document.fonts?.ready.then(later);
  show();
}
