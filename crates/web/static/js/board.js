// The board: cards go by drag (mouse, touch) or Shift + arrows, at once on the page, then on the server;
// what the server refuses goes back where it was. Which moves are allowed is the server's word, on each card.
(() => {
  const board = document.querySelector("[data-board]");
  if (!board) return;
  const { text, post, toast, failed, announce } = window.naru;
  const columns = [...board.querySelectorAll(".column")];
  const column = element => element.closest(".column");
  const name = place => place.querySelector("h2").textContent;
  const title = card => card.querySelector(".title").textContent.trim();
  const may = (card, place) => (card.dataset.moves ?? "").split(" ").includes(place.dataset.status);

  function tally(place, by) {
    const count = place.querySelector(".count");
    if (count) count.textContent = Number(count.textContent) + by;
  }

  // Takes the card the server answered with, and its menu: they carry the new version, status and moves.
  async function renew(card, response) {
    const html = response.headers.get("content-type")?.includes("html") ? await response.text() : "";
    const answer = new DOMParser().parseFromString(html, "text/html").body;
    const fresh = answer.querySelector(".task-card");
    if (fresh?.dataset.taskId !== card.dataset.taskId) return card;
    const focused = document.activeElement === card;
    card.closest("li").replaceChildren(...answer.children);
    if (focused) fresh.focus();
    return fresh;
  }

  // The card's <li> already stands in its new column; home is where it came from.
  async function send(card, home) {
    const item = card.closest("li");
    const to = column(item);
    tally(home.column, -1);
    tally(to, 1);
    item.setAttribute("aria-busy", "true");
    announce(`${title(card)}: ${name(to)}`);
    const fields = { status: to.dataset.status, version: card.dataset.version };
    const response = await post(card.dataset.action, fields).catch(() => null);
    item.removeAttribute("aria-busy");
    if (!response?.ok) {
      home.list.insertBefore(item, home.next?.parentElement === home.list ? home.next : null);
      tally(to, -1);
      tally(home.column, 1);
      if (response) await renew(card, response);
      return failed(response, "not-moved");
    }
    const moved = await renew(card, response);
    moved.dataset.from = to.dataset.status;
    const undo = may(moved, home.column) ? () => move(moved, home.column) : undefined;
    toast({ text: `${title(moved)} → ${name(to)}`, undo });
  }

  const place = item => ({ column: column(item), list: item.parentElement, next: item.nextElementSibling });
  function move(card, to) {
    const item = card.closest("li");
    const home = place(item);
    if (home.column === to) return;
    to.querySelector("ul").prepend(item);
    card.focus();
    send(card, home);
  }

  board.addEventListener("keydown", event => {
    const card = event.target.closest(".task-card");
    if (!card || !event.shiftKey || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    event.preventDefault();
    if (card.closest("[aria-busy]")) return;
    const at = columns.indexOf(column(card));
    const ahead = event.key === "ArrowRight" ? columns.slice(at + 1) : columns.slice(0, at).reverse();
    const to = ahead.find(candidate => may(card, candidate));
    if (to) move(card, to);
    else toast({ text: text("not-allowed") });
  });

  // A drag ends with a click on the card: it must not open the task.
  let dragged = 0;
  board.addEventListener("click", event => Date.now() - dragged < 300 && event.preventDefault(), true);

  function under(event) {
    const { clientX: x } = event.changedTouches?.[0] ?? event;
    return columns.find(candidate => {
      const box = candidate.getBoundingClientRect();
      return x >= box.left && x <= box.right;
    });
  }

  let home;
  for (const list of board.querySelectorAll(".column > ul")) {
    new window.Sortable(list, {
      group: "board",
      draggable: "li:has(.task-card:not([data-done]))",
      sort: false,
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
      // the native drag knows no touch; one way for both also behaves the same
      forceFallback: true,
      fallbackOnBody: true,
      fallbackTolerance: 5,
      delay: 180,
      delayOnTouchOnly: true,
      scroll: true,
      onStart({ item }) {
        home = place(item);
        item.querySelector(".task-card").dataset.dragging = "";
        for (const candidate of columns) {
          if (candidate !== home.column) candidate.dataset.drop = may(item.querySelector(".task-card"), candidate) ? "yes" : "no";
        }
      },
      onMove: ({ dragged: item, to }) => column(to) === home.column || may(item.querySelector(".task-card"), column(to)),
      onEnd({ item, originalEvent }) {
        dragged = Date.now();
        const card = item.querySelector(".task-card");
        delete card.dataset.dragging;
        for (const candidate of columns) delete candidate.dataset.drop;
        if (column(item) === home.column) return;
        // let go over a column that refuses it, the card must not stay in the one it only passed over
        if (under(originalEvent) === column(item)) send(card, home);
        else home.list.insertBefore(item, home.next);
      },
    });
  }
})();
