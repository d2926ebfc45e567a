// Links from mails and new passwords: the token leaves the address bar before anybody can copy it, and a hint
// says how a password fares while it is typed. The server decides; this only spares a round.
(() => {
  function take() {
    const form = document.querySelector("form[data-link-token]");
    const given = location.hash.slice(1);
    if (!form || !given) return;
    const field = form.elements.token;
    field.value = given;
    field.closest(".field").hidden = true;
    history.replaceState(null, "", location.pathname + location.search);
    // an invitation first shows whom it is for
    if (form.dataset.linkToken === "open") form.requestSubmit();
  }
  take();
  // the link pasted into the address bar of this very page
  addEventListener("hashchange", take);

  const common = /^(?:(.)\1*|(?:0?1234567890?|qwertyuiop|password|asdfghjkl).*|\d+)$/i;
  const verdict = (input, words) => {
    const typed = input.value.normalize("NFC");
    const length = [...typed].length;
    if (!length) return "";
    if (length < Number(input.dataset.min)) return "short";
    const lower = typed.toLowerCase();
    if (words.some(word => lower.includes(word))) return "about";
    return common.test(typed) || new Set(lower).size < 5 ? "easy" : "good";
  };
  for (const input of document.querySelectorAll("input[data-strength]")) {
    const hint = document.getElementById(input.dataset.strength);
    const about = (input.dataset.about ?? "").toLowerCase().split(/[\s@.,]+/).filter(word => [...word].length >= 2);
    input.addEventListener("input", () => {
      const said = verdict(input, about);
      hint.textContent = said ? hint.dataset[said] : hint.dataset.none;
      hint.toggleAttribute("data-fine", said === "good");
    });
  }
})();
