// The draft as a value: weeks with their tasks, edits that change it, and what takes an edit back. No page, no network.
// Weeks are known by ids of this page, never by number: numbers move when somebody puts a week in.

let made = 0;
export const freshId = () => `w${++made}`;

const letters = "abcdefghijkmnpqrstuvwxyz23456789";
export const freshKey = () => [...crypto.getRandomValues(new Uint8Array(10))].map(byte => letters[byte % 32]).join("");

export const fullWeek = 5;
export const mostWeeks = 104;

// Written the same for all that compare values of a draft.
export const same = (left, right) => JSON.stringify(left) === JSON.stringify(right);

// A title as it is kept: one line, no space around it.
export const oneLine = words => words.replace(/\s+/g, " ").trim();

// Tasks once more under keys of their own; what they wait for among themselves they wait for again.
export function renewed(tasks) {
  const keys = new Map(tasks.map(task => [task.key, freshKey()]));
  return tasks.map(task => ({ ...task, key: keys.get(task.key), depends_on: task.depends_on.map(key => keys.get(key) ?? key) }));
}

export class Plan {
  constructor(weeks) {
    this.weeks = weeks;
  }

  copy() {
    return new Plan(this.weeks.map(week => ({ ...week, tasks: [...week.tasks] })));
  }

  week(id) {
    return this.weeks.findIndex(week => week.id === id);
  }

  find(key) {
    for (const week of this.weeks) {
      const at = week.tasks.findIndex(task => task.key === key);
      if (at >= 0) return { week, at, task: week.tasks[at] };
    }
    return undefined;
  }

  task(key) {
    return this.find(key)?.task;
  }

  *tasks() {
    for (const week of this.weeks) yield* week.tasks;
  }

  keys() {
    return [...this.tasks()].map(task => task.key);
  }

  // The tasks that wait for this one.
  waiting(key) {
    return [...this.tasks()].filter(task => task.depends_on.includes(key));
  }

  load(week) {
    return week.tasks.reduce((sum, task) => sum + task.duration, 0);
  }

  totals() {
    const tasks = [...this.tasks()];
    return {
      weeks: this.weeks.length,
      tasks: tasks.length,
      days: tasks.reduce((sum, task) => sum + task.duration, 0),
      required: tasks.filter(task => task.is_required).length,
    };
  }

  // The titles of a circle that `key` would be in if it waited for `wanted`; undefined when there is none.
  circle(key, wanted) {
    const seen = new Set();
    const walk = (at, way) => {
      for (const next of at === key ? wanted : this.task(at)?.depends_on ?? []) {
        if (next === key) return [...way, next];
        if (seen.has(next)) continue;
        seen.add(next);
        const found = walk(next, [...way, next]);
        if (found) return found;
      }
      return undefined;
    };
    return walk(key, [key])?.map(each => this.task(each)?.title ?? "");
  }

  // Does an edit, and answers it as the server takes it; undefined when there is nothing to do any more.
  apply(edit) {
    const number = id => this.week(id) + 1;
    const place = (week, task, after) => {
      const at = after === "" ? 0 : week.tasks.findIndex(other => other.key === after) + 1 || week.tasks.length;
      week.tasks.splice(at, 0, task);
    };
    switch (edit.op) {
      case "add": {
        const week = this.weeks[Math.max(0, this.week(edit.week))];
        if (this.find(edit.task.key)) return undefined;
        place(week, edit.task, edit.after);
        return { op: "add", task: { ...edit.task, week: number(week.id) }, after: edit.after };
      }
      case "change": {
        const found = this.find(edit.key);
        if (!found) return undefined;
        found.week.tasks[found.at] = { ...found.task, ...edit.fields };
        return { op: "change", key: edit.key, fields: edit.fields };
      }
      case "move": {
        const found = this.find(edit.key);
        const week = this.weeks[this.week(edit.week)];
        if (!found || !week) return undefined;
        found.week.tasks.splice(found.at, 1);
        place(week, found.task, edit.after);
        return { op: "move", key: edit.key, week: number(week.id), after: edit.after };
      }
      case "remove": {
        const found = this.find(edit.key);
        if (!found) return undefined;
        found.week.tasks.splice(found.at, 1);
        for (const week of this.weeks) {
          week.tasks.forEach((task, at) => {
            if (!task.depends_on.includes(edit.key)) return;
            week.tasks[at] = { ...task, depends_on: task.depends_on.filter(key => key !== edit.key) };
          });
        }
        return { op: "remove", key: edit.key };
      }
      case "note": {
        const week = this.weeks[this.week(edit.week)];
        if (!week) return undefined;
        week.note = edit.note;
        return { op: "note", week: number(week.id), note: edit.note };
      }
      case "insert_week": {
        const at = edit.before === null || this.week(edit.before) < 0 ? this.weeks.length : this.week(edit.before);
        this.weeks.splice(at, 0, { id: edit.week, note: edit.note ?? "", tasks: [] });
        return { op: "insert_week", week: at + 1 };
      }
      case "move_week": {
        const from = this.week(edit.week);
        if (from < 0) return undefined;
        const [week] = this.weeks.splice(from, 1);
        const to = edit.before === null || this.week(edit.before) < 0 ? this.weeks.length : this.week(edit.before);
        this.weeks.splice(to, 0, week);
        return { op: "move_week", week: from + 1, to: to + 1 };
      }
      case "remove_week": {
        const at = this.week(edit.week);
        if (at < 0 || this.weeks[at].tasks.length || this.weeks.length === 1) return undefined;
        this.weeks.splice(at, 1);
        return { op: "remove_week", week: at + 1 };
      }
      default:
        return undefined;
    }
  }

  // The edits that take this one back, seen before it is done.
  inverse(edit) {
    switch (edit.op) {
      case "add":
        return [{ op: "remove", key: edit.task.key }];
      case "change": {
        const task = this.task(edit.key);
        if (!task) return [];
        const fields = Object.fromEntries(Object.keys(edit.fields).map(name => [name, task[name]]));
        return [{ op: "change", key: edit.key, fields }];
      }
      case "move": {
        const found = this.find(edit.key);
        if (!found) return [];
        return [{ op: "move", key: edit.key, week: found.week.id, after: found.week.tasks[found.at - 1]?.key ?? "" }];
      }
      case "remove": {
        const found = this.find(edit.key);
        if (!found) return [];
        const waiting = this.waiting(edit.key);
        return [
          { op: "add", task: found.task, week: found.week.id, after: found.week.tasks[found.at - 1]?.key ?? "" },
          ...waiting.map(task => ({ op: "change", key: task.key, fields: { depends_on: task.depends_on } })),
        ];
      }
      case "note": {
        const week = this.weeks[this.week(edit.week)];
        return week ? [{ op: "note", week: week.id, note: week.note }] : [];
      }
      case "insert_week":
        return [{ op: "remove_week", week: edit.week }];
      case "move_week": {
        const at = this.week(edit.week);
        return at < 0 ? [] : [{ op: "move_week", week: edit.week, before: this.weeks[at + 1]?.id ?? null }];
      }
      case "remove_week": {
        const at = this.week(edit.week);
        if (at < 0) return [];
        const back = [{ op: "insert_week", week: edit.week, before: this.weeks[at + 1]?.id ?? null }];
        return this.weeks[at].note ? [...back, { op: "note", week: edit.week, note: this.weeks[at].note }] : back;
      }
      default:
        return [];
    }
  }
}

// The draft as the server answers it. `before` is the plan whose weeks the answer speaks of, so that they keep their ids.
export function planOf(answer, before) {
  const known = new Map();
  if (answer.since !== null && before) for (const task of before.tasks()) known.set(task.key, task);
  for (const task of answer.tasks) known.set(task.key, task);
  const ids = Array(Math.max(1, answer.total_weeks)).fill(undefined);
  before?.weeks.forEach((week, at) => {
    const now = answer.weeks ? answer.weeks[at] : at + 1;
    if (now && now <= ids.length) ids[now - 1] ??= week.id;
  });
  const weeks = ids.map(id => ({ id: id ?? freshId(), note: "", tasks: [] }));
  for (const { week, note } of answer.week_notes) if (weeks[week - 1]) weeks[week - 1].note = note;
  for (const { key, week } of answer.order) weeks[week - 1]?.tasks.push(known.get(key));
  return new Plan(weeks);
}

// Where a move would mend a week that holds too much: its smallest task that is enough, in the next week with room.
export function mending(plan) {
  const over = plan.weeks.findIndex(week => plan.load(week) > fullWeek);
  if (over < 0) return undefined;
  const week = plan.weeks[over];
  const much = plan.load(week) - fullWeek;
  // of equals the last: what stands first in a week is meant to come first
  const enough = week.tasks.filter(task => task.duration >= much).reverse().sort((left, right) => left.duration - right.duration);
  for (const task of enough) {
    if (week.tasks.length === 1) break;
    const waiting = plan.waiting(task.key);
    const first = Math.min(plan.weeks.length, ...waiting.map(other => plan.week(plan.find(other.key).week.id)));
    const to = plan.weeks.findIndex((other, at) => at > over && at <= first && plan.load(other) + task.duration <= fullWeek);
    if (to >= 0) return { over, much, task, to };
  }
  return { over, much };
}
