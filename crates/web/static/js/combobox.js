// Turns <input data-combobox> into a combobox: options come from the server as HTML, the chosen value goes into a hidden
// input. Without it the same input is an ordinary search field of its form.
import Combobox from "../vendor/combobox-nav.js";
import { composed } from "./composed.js";

const { text, announce } = window.naru;

function enhance(input) {
  if (input.dataset.ready) return;
  input.dataset.ready = "yes";
  const target = input.dataset.target && document.getElementById(input.dataset.target);
  const box = input.closest(".combobox") ?? input.parentElement;
  let list = box.querySelector('[role="listbox"]');
  if (!list) {
    list = Object.assign(document.createElement("div"), { className: "listbox", id: `${input.id}-list` });
    list.setAttribute("role", "listbox");
    box.append(list);
  }
  list.hidden = true;
  list.setAttribute("aria-label", input.labels?.[0]?.textContent.trim() ?? input.getAttribute("aria-label") ?? "");
  input.autocomplete = "off";

  const combobox = new Combobox(input, list, { tabInsertsSuggestions: false });
  let timer, asked, open = false;

  function show(yes) {
    if (yes === open) return;
    open = yes;
    list.hidden = !yes;
    if (yes) combobox.start();
    else combobox.stop();
  }

  async function ask() {
    asked?.abort();
    asked = new AbortController();
    const url = new URL(input.dataset.url, location.href);
    url.searchParams.set(input.dataset.param ?? "q", input.value.trim());
    try {
      const response = await fetch(url, { headers: { "HX-Request": "true" }, signal: asked.signal });
      if (!response.ok) throw new Error(String(response.status));
      list.innerHTML = await response.text();
      const count = list.querySelectorAll('[role="option"]').length;
      announce(count ? text("results").replace("%n", count) : text("no-results"));
      if (!count && !list.firstElementChild) {
        list.append(Object.assign(document.createElement("p"), { className: "none", textContent: text("no-results") }));
      }
      if (document.activeElement === input) show(true);
      combobox.clearSelection();
    } catch (error) {
      if (error.name === "AbortError") return;
      list.replaceChildren(Object.assign(document.createElement("p"), { className: "none", textContent: text("network") }));
      show(true);
    }
  }

  // Asked while Hangul is still being composed too: ㄱ alone is a search for an initial consonant.
  input.addEventListener("input", () => {
    if (target && target.value) {
      target.value = "";
      target.dispatchEvent(new Event("change", { bubbles: true }));
    }
    clearTimeout(timer);
    if (input.value.trim().length < Number(input.dataset.min ?? 1)) return show(false);
    timer = setTimeout(ask, 200);
  });

  composed(input, step => open && combobox.navigate(step));
  input.addEventListener("keydown", event => {
    if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      show(false);
    }
    if (event.key === "ArrowDown" && !open) {
      event.preventDefault();
      ask();
    }
  });

  // the press must not take the focus away before the click chooses
  list.addEventListener("mousedown", event => event.preventDefault());
  input.addEventListener("blur", () => show(false));
  list.addEventListener("combobox-commit", event => {
    const option = event.target;
    if (option.dataset.href) return location.assign(option.dataset.href);
    input.value = option.dataset.label ?? option.textContent.trim();
    show(false);
    if (target) {
      target.value = option.dataset.value ?? "";
      target.dispatchEvent(new Event("change", { bubbles: true }));
    }
    announce(input.value);
  });
}

const start = inside => inside.querySelectorAll("input[data-combobox]").forEach(enhance);
start(document);
document.addEventListener("htmx:afterSwap", event => start(event.detail.target));
