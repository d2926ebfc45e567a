// Files: several at once, dropped or chosen, each with a bar that tells the truth. Without it the form sends them by itself.
(() => {
  const { csrf, said } = window.naru;

  function send(form, file) {
    const line = document.createElement("li");
    const name = Object.assign(document.createElement("span"), { textContent: file.name });
    const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
    bar.setAttribute("aria-label", file.name);
    const cancel = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: form.dataset.textCancel });
    line.append(name, bar, cancel);
    form.querySelector(".uploads").append(line);
    const request = new XMLHttpRequest();
    const fields = new FormData();
    // the token comes before the file: the server takes nothing of it otherwise
    fields.append("csrf", csrf());
    fields.append("file", file, file.name);
    request.upload.addEventListener("progress", event => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    cancel.addEventListener("click", () => {
      request.abort();
      line.remove();
    });
    return new Promise(done => {
      const fail = words => {
        line.toggleAttribute("data-failed", true);
        name.textContent = `${file.name}: ${words}`;
        cancel.textContent = form.dataset.textClose;
        done();
      };
      request.addEventListener("load", () => {
        const answer = { headers: { get: header => request.getResponseHeader(header) } };
        if (request.status !== 200) return fail(said(answer) || form.dataset.textFail);
        line.remove();
        done(request.responseText);
      });
      request.addEventListener("error", () => fail(form.dataset.textFail));
      request.addEventListener("abort", () => done());
      request.open("POST", form.action);
      request.setRequestHeader("HX-Request", "true");
      request.setRequestHeader("HX-Target", form.dataset.target);
      request.send(fields);
    });
  }

  // one after the other: the list that comes back is then the newest
  async function sendAll(form, files) {
    let newest;
    for (const file of files) newest = (await send(form, file)) ?? newest;
    if (newest === undefined) return;
    const place = document.getElementById(form.dataset.target);
    const failed = [...form.querySelectorAll(".uploads > [data-failed]")];
    // the server's own template, drawn with every name escaped; the CSP lets nothing in it run
    place.innerHTML = newest;
    place.querySelector(".uploads")?.append(...failed);
    window.htmx?.process(place);
  }

  const formOf = event => event.target.closest?.("form[data-upload]") ?? (event.target.closest?.("main") && document.querySelector("form[data-upload]"));

  document.addEventListener("change", event => {
    const form = event.target.closest("form[data-upload]");
    if (!form || event.target.type !== "file") return;
    const files = [...event.target.files];
    event.target.value = "";
    sendAll(form, files);
  });
  document.addEventListener("dragover", event => {
    const form = event.dataTransfer?.types.includes("Files") && formOf(event);
    if (!form) return;
    event.preventDefault();
    form.toggleAttribute("data-over", true);
  });
  const leave = () => document.querySelector("form[data-upload][data-over]")?.removeAttribute("data-over");
  document.addEventListener("dragleave", event => event.relatedTarget === null && leave());
  document.addEventListener("drop", event => {
    const form = event.dataTransfer?.files.length && formOf(event);
    leave();
    if (!form) return;
    event.preventDefault();
    sendAll(form, [...event.dataTransfer.files]);
  });
  // a picture out of the clipboard is a file, too
  document.addEventListener("paste", event => {
    const files = [...(event.clipboardData?.files ?? [])];
    const form = files.length && document.querySelector("form[data-upload]");
    if (!form) return;
    event.preventDefault();
    sendAll(form, files);
  });
  addEventListener("beforeunload", event => {
    if (document.querySelector(".uploads > li:not([data-failed])")) event.preventDefault();
  });
})();
