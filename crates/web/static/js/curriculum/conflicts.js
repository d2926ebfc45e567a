// Where two people wrote into the same place: whose words stand, and the other's one click away.
export function conflicts(editor) {
  const { view } = editor;
  const region = document.querySelector("#conflicts");
  const excerpt = value => {
    const words = value === null || value === undefined ? "" : String(value);
    return words.length > 90 ? `${words.slice(0, 90)}…` : words;
  };
  // words of the catalogue for what is a word in the data
  const said = (field, value) => {
    if (field === "week") return view.text("week", { week: value });
    if (["kind", "owner", "priority"].includes(field)) return view.text(`${field}-${value}`);
    if (field === "is_required") return view.text(value ? "required" : "optional");
    return excerpt(value) || view.text("empty");
  };

  function offer(met) {
    const box = view.templates.conflict.cloneNode(true);
    const by = met.by ?? view.text("somebody");
    const field = met.field ? view.text(`field-${met.field}`) : "";
    const title = met.title || (met.week ? view.text("week", { week: met.week }) : "");
    const put = (name, words) => (box.querySelector(`[data-put=${name}]`).textContent = words);
    put("text", view.text(`conflict-${met.kind}`, { by, title, field }));
    const shows = met.kind === "same_field";
    box.querySelector("dl").hidden = !shows;
    if (shows) {
      put("mine", said(met.field, met.mine));
      put("theirs", said(met.field, met.theirs));
    }
    const back = box.querySelector("[data-choose=theirs]");
    const keep = box.querySelector("[data-choose=mine]");
    const act = acts(met);
    back.hidden = !act;
    if (act) back.textContent = view.text(`take-${met.kind}`);
    keep.textContent = view.text(shows ? "keepMine" : "understood");
    back.addEventListener("click", () => {
      act();
      box.remove();
    });
    keep.addEventListener("click", () => box.remove());
    region.append(box);
  }

  function acts(met) {
    if (met.kind === "same_field" && met.field === "note") {
      const week = met.weekId ?? editor.plan.weeks[met.week - 1]?.id;
      return () => editor.commit([{ op: "note", week, note: met.theirs }], "note");
    }
    if (met.kind === "same_field" && met.field === "week") {
      const week = editor.plan.weeks[met.theirs - 1]?.id;
      return week && (() => editor.commit([{ op: "move", key: met.key, week }], "move"));
    }
    if (met.kind === "same_field") return () => editor.commit([{ op: "change", key: met.key, fields: { [met.field]: met.theirs } }], "change");
    if (met.kind === "removed_changed") {
      const week = editor.plan.weeks[met.week - 1]?.id ?? editor.plan.weeks.at(-1).id;
      return () => editor.commit([{ op: "add", task: { ...met.theirs, depends_on: met.theirs.depends_on.filter(key => editor.plan.task(key)) }, week }], "add");
    }
    return undefined;
  }

  return all => all.forEach(offer);
}
