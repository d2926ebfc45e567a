// Keeping the page and the server's draft the same: edits go out in order, others' come in, and nothing typed is lost.
// What the page shows is always: the server's draft, then the edits on their way, then those that wait.
import { planOf, same } from "./plan.js";

const { post, failed } = window.naru;
const every = 2000;

export class Sync {
  constructor({ url, changed, state, conflicts, refused }) {
    Object.assign(this, { url, changed, state, conflicts, refused });
    this.base = undefined;
    this.curriculum = undefined;
    this.sent = [];
    this.waiting = [];
    this.batch = undefined;
    this.here = [];
    this.stopped = false;
    addEventListener("online", () => this.flush());
    addEventListener("beforeunload", event => this.isBusy() && !this.stopped && event.preventDefault());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.poll());
  }

  isBusy() {
    return this.sent.length + this.waiting.length > 0;
  }

  // The draft with everything that was done here.
  plan() {
    const plan = this.base.copy();
    for (const edit of [...this.sent, ...this.waiting]) plan.apply(edit);
    return plan;
  }

  async begin() {
    const answer = await this.ask(undefined);
    if (!answer) return false;
    this.take(answer);
    this.timer = setInterval(() => this.poll(), every);
    return true;
  }

  add(edits) {
    this.waiting.push(...edits);
    this.state("saving");
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.flush(), 250);
  }

  async flush() {
    clearTimeout(this.soon);
    if (this.stopped || this.running || !this.isBusy()) return;
    if (!this.sent.length) {
      this.sent = this.waiting.splice(0, together(this.waiting));
      this.batch = crypto.randomUUID();
    }
    this.running = true;
    this.state("saving");
    const plan = this.base.copy();
    const edits = joined(this.sent.map(edit => plan.apply(edit)).filter(Boolean));
    let response = null;
    if (edits.length) {
      // a word of its own for each batch: sent twice, it is done once
      const fields = { base: this.revision, edits: JSON.stringify(edits), once: this.batch };
      response = await post(`${this.url}/edits`, fields, { signal: AbortSignal.timeout(20_000) }).catch(() => null);
    }
    this.running = false;
    if (!edits.length) {
      this.sent = [];
      return this.waiting.length ? this.flush() : this.state("saved");
    }
    await this.heard(response, plan);
  }

  async heard(response, plan) {
    const elsewhere = response?.headers.get("HX-Redirect");
    if (elsewhere) {
      this.stopped = true;
      return location.assign(elsewhere);
    }
    if (response?.ok) {
      const answer = await response.json();
      this.sent = [];
      this.tries = 0;
      this.take(answer, plan);
      if (answer.conflicts.length) this.conflicts(answer.conflicts);
      return this.waiting.length ? this.flush() : this.state("saved");
    }
    if (response?.status === 412) return this.again();
    if (response?.status === 422) {
      const faults = await response.json().catch(() => []);
      const lost = this.sent;
      this.sent = [];
      this.refused(faults, lost);
      this.changed();
      return this.waiting.length ? this.flush() : this.state("saved");
    }
    if (response && response.status < 500 && response.status !== 429) {
      // no longer there, archived, or not one's own any more: trying again would not help
      this.stopped = true;
      clearInterval(this.timer);
      this.state("failed");
      return failed(response);
    }
    // sent again with the same word: what did arrive is not done twice
    this.state(response ? "failed" : "offline");
    this.tries = Math.min((this.tries ?? 0) + 1, 5);
    this.soon = setTimeout(() => this.flush(), 1000 * 2 ** this.tries);
  }

  // Somebody replaced the whole draft: read it, then send the edits from there. What they changed is said.
  async again() {
    const answer = await this.ask(undefined);
    if (!answer) return void (this.soon = setTimeout(() => this.flush(), 3000));
    const before = this.base;
    this.waiting = [...this.sent, ...this.waiting];
    this.sent = [];
    this.take({ ...answer, since: null }, before);
    const met = [];
    for (const edit of this.waiting.filter(edit => edit.op === "change")) {
      const [was, now] = [before.task(edit.key), this.base.task(edit.key)];
      for (const [field, mine] of Object.entries(edit.fields)) {
        const [old, theirs] = [was?.[field], now?.[field]];
        if (now && !same(old, theirs) && !same(theirs, mine) && field !== "depends_on") {
          met.push({ kind: "same_field", key: edit.key, title: now.title, field, mine, theirs, by: null });
        }
      }
    }
    if (met.length) this.conflicts(met);
    return this.flush();
  }

  async ask(since) {
    const url = `${this.url}/draft${since === undefined ? "" : `?since=${since}`}`;
    const headers = { "HX-Request": "true", ...(since !== undefined && this.tag ? { "If-None-Match": this.tag } : {}) };
    const response = await fetch(url, { headers, cache: "no-store", signal: AbortSignal.timeout(15_000) }).catch(() => null);
    if (response?.status === 401) clearInterval(this.timer);
    if (!response?.ok) return undefined;
    this.tag = response.headers.get("etag");
    return response.json();
  }

  async poll() {
    if (document.visibilityState !== "visible" || this.isBusy() || this.asking || this.stopped || !this.base) return;
    this.asking = true;
    const answer = await this.ask(this.revision);
    this.asking = false;
    // what was begun meanwhile asks the server itself
    if (answer && !this.isBusy() && (answer.revision > this.revision || answer.here)) this.take(answer);
  }

  take(answer, mine) {
    if (answer.here) this.here = answer.here;
    this.curriculum = answer.curriculum;
    const isNews = answer.is_changed;
    if (isNews) {
      this.base = planOf(answer, mine ?? this.base);
      this.revision = answer.revision;
    }
    this.changed({ others: isNews && !mine ? answer.edited_by : [] });
  }
}

// How many edits fit into one request: as many as a form may be long, and as the API takes at once.
function together(edits) {
  let many = 0;
  for (let size = 0; many < Math.min(edits.length, 900) && (many === 0 || size < 150_000); many++) {
    size += JSON.stringify(edits[many]).length;
  }
  return many;
}

// Letters typed one after the other are one edit.
function joined(edits) {
  const out = [];
  for (const edit of edits) {
    const last = out.at(-1);
    if (edit.op === "change" && last?.op === "change" && last.key === edit.key) {
      out[out.length - 1] = { ...last, fields: { ...last.fields, ...edit.fields } };
    } else if (edit.op === "note" && last?.op === "note" && last.week === edit.week) out[out.length - 1] = edit;
    else out.push(edit);
  }
  return out;
}
