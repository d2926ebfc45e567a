// Menus: arrow keys, and a place beside their button where the browser has no anchor positioning or no popover.
(() => {
  const { composing } = window.naru;
  const on = (type, run, capture = false) => document.addEventListener(type, run, capture);
  // one menu may have a button in the sidebar and one on the phone's bar: the visible one counts
  const opener = menu => {
    const buttons = document.querySelectorAll(`[popovertarget="${CSS.escape(menu.id)}"]`);
    return [...buttons].find(button => button.getClientRects().length);
  };
  const anchored = CSS.supports("position-area", "block-end");
  const popovers = "popover" in HTMLElement.prototype;

  function place(menu) {
    const button = opener(menu)?.getBoundingClientRect();
    if (!button) return;
    const { width, height } = menu.getBoundingClientRect();
    const above = button.top - height - 4 >= 8;
    const up = above && (menu.classList.contains("up") || button.bottom + height + 8 > innerHeight);
    const left = menu.classList.contains("up") ? button.left : button.right - width;
    menu.style.setProperty("--x", `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`);
    menu.style.setProperty("--y", `${Math.max(8, up ? button.top - height - 4 : button.bottom + 4)}px`);
    menu.toggleAttribute("data-placed", true);
  }
  // toggle does not bubble, so it is caught on the way down
  if (!anchored) on("toggle", event => event.newState === "open" && event.target.matches(".menu") && place(event.target), true);

  if (!popovers) {
    on("click", event => {
      const button = event.target.closest("[popovertarget]");
      const menu = button && document.getElementById(button.getAttribute("popovertarget"));
      for (const open of document.querySelectorAll("[popover][data-open]")) if (open !== menu) open.removeAttribute("data-open");
      menu?.toggleAttribute("data-open");
      if (menu?.hasAttribute("data-open")) place(menu);
    });
    on("keydown", event => {
      if (event.key === "Escape") document.querySelectorAll("[popover][data-open]").forEach(menu => menu.removeAttribute("data-open"));
    });
  }

  const steps = { ArrowDown: 1, ArrowUp: -1, Home: "first", End: "last" };
  const along = { ArrowRight: 1, ArrowLeft: -1, Home: "first", End: "last" };
  function walk(event, items, step) {
    if (!items.length) return;
    event.preventDefault();
    const at = items.indexOf(document.activeElement);
    const next = step === "first" ? 0 : step === "last" ? items.length - 1 : (at + step + items.length) % items.length;
    items[at < 0 && step === -1 ? items.length - 1 : next].focus();
  }
  on("keydown", event => {
    if (composing(event) || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
    const from = event.target.closest?.("[popovertarget]");
    if (from && event.key === "ArrowDown") {
      const menu = document.getElementById(from.getAttribute("popovertarget"));
      if (popovers && menu && !menu.matches(":popover-open")) menu.showPopover({ source: from });
      return walk(event, [...(menu?.querySelectorAll("a, button") ?? [])], "first");
    }
    const menu = event.target.closest?.(".menu");
    if (menu && event.key in steps) return walk(event, [...menu.querySelectorAll("a, button:not(:disabled)")], steps[event.key]);
    const bar = event.target.closest?.('[role="toolbar"]');
    if (bar && event.key in along) return walk(event, [...bar.querySelectorAll("a, button:not(:disabled)")], along[event.key]);
    // in the search dialog the arrows go from the words to the results and back
    const search = event.target.closest?.("dialog.search");
    if (search && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      walk(event, [search.querySelector("input"), ...search.querySelectorAll(".results a")], steps[event.key]);
    }
  });
})();
