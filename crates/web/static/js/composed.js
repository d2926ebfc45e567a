// Hangul in a combobox: a key pressed during composition belongs to the input method. Enter ends the syllable and must not
// choose; an arrow is done after the syllable has ended. Asked for before the combobox starts, its listener comes first.
const { composing } = window.naru;

export function composed(input, navigate) {
  let arrow = 0;
  input.addEventListener("keydown", event => {
    if (!composing(event)) return;
    arrow = { ArrowDown: 1, ArrowUp: -1 }[event.code] ?? 0;
    event.stopImmediatePropagation();
  });
  input.addEventListener("compositionend", () => {
    const step = arrow;
    arrow = 0;
    if (step) setTimeout(() => navigate(step));
  });
}
