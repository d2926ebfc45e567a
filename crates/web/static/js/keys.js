// Single keys press what is marked with them (data-key="j ArrowRight"), while nothing is being written and nothing is open.
(() => {
  const { letter } = window.naru;
  const busy = target => target.closest("input, textarea, select, [contenteditable], dialog, [role=listbox]");

  document.addEventListener("keydown", event => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || busy(event.target)) return;
    const key = letter(event) || event.key;
    const open = document.querySelector("[popover]:popover-open");
    const found = [...document.querySelectorAll("[data-key]")].find(each => each.dataset.key.split(" ").includes(key) && each.getClientRects().length);
    if (!found || (open && key !== "?")) return;
    event.preventDefault();
    const focus = found.dataset.focus && document.getElementById(found.dataset.focus);
    if (!focus) return found.click();
    // on a phone the other half of the review is in front
    const pane = document.querySelector('.review-tabs [value="decision"]');
    if (pane) pane.checked = true;
    focus.focus();
  });
})();
