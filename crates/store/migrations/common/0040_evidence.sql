-- Evidence of a task: files, ticked items; mentions and edits of memos; what reminders are computed from.

ALTER TABLE tasks ADD COLUMN files BIGINT NOT NULL DEFAULT 0;
-- how often it was returned
ALTER TABLE tasks ADD COLUMN returns BIGINT NOT NULL DEFAULT 0;
UPDATE tasks SET returns = (SELECT count(*) FROM task_events v
                            WHERE v.task_id = tasks.task_id AND v.kind = 'moved' AND v.new_value = 'returned');

-- Only on the event of a review: how long the task waited for it.
ALTER TABLE task_events ADD COLUMN waited_seconds BIGINT;
CREATE INDEX task_events_reviews ON task_events (company_id, actor_id, happened_at) WHERE waited_seconds IS NOT NULL;

-- After so many working days something is said: the mentor is waited for, nobody did anything.
ALTER TABLE companies ADD COLUMN waiting_days BIGINT NOT NULL DEFAULT 3 CHECK (waiting_days BETWEEN 1 AND 60);
ALTER TABLE companies ADD COLUMN quiet_days BIGINT NOT NULL DEFAULT 5 CHECK (quiet_days BETWEEN 1 AND 60);

-- The bytes lie outside, under their hash; several rows may mean the same bytes.
CREATE TABLE task_files (
    file_id     INTEGER     NOT NULL PRIMARY KEY,
    company_id  TEXT        NOT NULL REFERENCES companies (company_id) ON DELETE CASCADE,
    task_id     BIGINT      NOT NULL REFERENCES tasks (task_id) ON DELETE CASCADE,
    name        TEXT        NOT NULL,
    media_type  TEXT        NOT NULL,
    size        BIGINT      NOT NULL,
    sha256      TEXT        NOT NULL,
    uploaded_by BIGINT      NOT NULL REFERENCES users (user_id),
    uploaded_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX task_files_task ON task_files (task_id, file_id);
CREATE INDEX task_files_hash ON task_files (company_id, sha256);
CREATE INDEX task_files_uploader ON task_files (uploaded_by);

-- Items of the guideline's lists that the owner has ticked off, by their words: they survive edits around them.
CREATE TABLE task_checks (
    task_id    BIGINT      NOT NULL REFERENCES tasks (task_id) ON DELETE CASCADE,
    item       TEXT        NOT NULL,
    company_id TEXT        NOT NULL,
    checked_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (task_id, item)
);

-- [{user_id, name}]: who is called in it, as they were called then
ALTER TABLE memos ADD COLUMN mentions JSONB NOT NULL DEFAULT '[]';

-- What a memo said before, and until when.
CREATE TABLE memo_edits (
    edit_id    INTEGER     NOT NULL PRIMARY KEY,
    company_id TEXT        NOT NULL,
    memo_id    BIGINT      NOT NULL REFERENCES memos (memo_id) ON DELETE CASCADE,
    body       TEXT        NOT NULL,
    mentions   JSONB       NOT NULL,
    edited_by  BIGINT      NOT NULL REFERENCES users (user_id),
    edited_at  TIMESTAMPTZ NOT NULL
);
CREATE INDEX memo_edits_memo ON memo_edits (memo_id, edit_id);
CREATE INDEX memo_edits_editor ON memo_edits (edited_by);

-- What is late, waits or came back often, without a look at all tasks of a company.
CREATE INDEX tasks_open_due ON tasks (company_id, due_on, mentorship_id)
    WHERE parent_id IS NULL AND is_required AND status IN ('todo', 'in_progress', 'returned');
CREATE INDEX tasks_waiting ON tasks (company_id, submitted_at, mentorship_id) WHERE status = 'submitted';
CREATE INDEX tasks_returned ON tasks (company_id, mentorship_id)
    WHERE returns >= 2 AND status NOT IN ('done', 'skipped');
