// A mentor is either one of those suggested or one that was searched for: choosing one way takes the other back.
(() => {
  document.addEventListener("change", event => {
    const found = document.getElementById("mentor_id");
    if (!found) return;
    if (event.target.name === "suggested_id") {
      found.value = "";
      document.getElementById("mentor_id-search").value = "";
    } else if (event.target === found && found.value) {
      document.querySelectorAll("input[name=suggested_id]").forEach(radio => (radio.checked = false));
    }
  }, true);
})();
