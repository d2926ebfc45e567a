-- Both engines. Integer keys become BIGINT identities on PostgreSQL in 0002; on SQLite
-- INTEGER PRIMARY KEY is the 64-bit rowid. Every tenant index begins with the company.

CREATE TABLE companies (
    company_id   TEXT        NOT NULL PRIMARY KEY,
    name         TEXT        NOT NULL,
    country      TEXT        NOT NULL,
    time_zone    TEXT        NOT NULL,
    locale       TEXT        NOT NULL,
    working_days BIGINT      NOT NULL CHECK (working_days BETWEEN 1 AND 127),
    is_active    BOOLEAN     NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL
);

CREATE TABLE company_holidays (
    company_id TEXT NOT NULL REFERENCES companies (company_id) ON DELETE CASCADE,
    date       DATE NOT NULL,
    name       TEXT NOT NULL,
    PRIMARY KEY (company_id, date)
);

CREATE TABLE departments (
    department_id INTEGER NOT NULL PRIMARY KEY,
    company_id    TEXT    NOT NULL REFERENCES companies (company_id) ON DELETE CASCADE,
    parent_id     BIGINT  REFERENCES departments (department_id),
    name          TEXT    NOT NULL,
    description   TEXT    NOT NULL,
    is_active     BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX departments_name ON departments (company_id, coalesce(parent_id, 0), name);
CREATE INDEX departments_parent ON departments (parent_id);

CREATE TABLE users (
    user_id         INTEGER     NOT NULL PRIMARY KEY,
    company_id      TEXT        REFERENCES companies (company_id) ON DELETE CASCADE,
    department_id   BIGINT      REFERENCES departments (department_id),
    employee_number TEXT,
    -- as it is sent to, and folded (NFKC, lower case) for looking up
    email           TEXT        NOT NULL,
    email_key       TEXT        NOT NULL,
    family_name     TEXT        NOT NULL,
    given_name      TEXT        NOT NULL,
    name            TEXT        NOT NULL,
    -- everything a search by person looks through, folded
    search_key      TEXT        NOT NULL,
    roles           BIGINT      NOT NULL CHECK (roles BETWEEN 1 AND 15),
    position        TEXT,
    job_title       TEXT,
    tags            JSONB       NOT NULL,
    hired_on        DATE,
    status          TEXT        NOT NULL CHECK (status IN ('invited', 'active', 'suspended')),
    locale          TEXT        NOT NULL,
    theme           TEXT        NOT NULL,
    password_hash   TEXT,
    -- tokens of an older generation no longer hold
    generation      BIGINT      NOT NULL,
    last_login_at   TIMESTAMPTZ,
    created_at      TIMESTAMPTZ NOT NULL,
    CHECK ((company_id IS NULL) = (roles = 1))
);
CREATE UNIQUE INDEX users_email ON users (email_key);
CREATE UNIQUE INDEX users_employee_number ON users (company_id, employee_number) WHERE employee_number IS NOT NULL;
CREATE INDEX users_id ON users (company_id, user_id);
CREATE INDEX users_department ON users (company_id, department_id, user_id);
CREATE INDEX users_name ON users (company_id, name, user_id);
CREATE INDEX users_of_department ON users (department_id);

CREATE TABLE sessions (
    session_id   INTEGER     NOT NULL PRIMARY KEY,
    user_id      BIGINT      NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    started_at   TIMESTAMPTZ NOT NULL,
    last_used_at TIMESTAMPTZ NOT NULL,
    ends_at      TIMESTAMPTZ NOT NULL,
    ended_at     TIMESTAMPTZ,
    user_agent   TEXT        NOT NULL,
    address      TEXT        NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id, session_id);

CREATE TABLE refresh_tokens (
    token_hash  TEXT        NOT NULL PRIMARY KEY,
    session_id  BIGINT      NOT NULL REFERENCES sessions (session_id) ON DELETE CASCADE,
    -- 0 for the sign-in's first, then one more with each rotation
    ordinal     BIGINT      NOT NULL,
    issued_at   TIMESTAMPTZ NOT NULL,
    expires_at  TIMESTAMPTZ NOT NULL,
    used_at     TIMESTAMPTZ,
    -- replaced by a sibling when its reply was lost
    withdrawn   BOOLEAN     NOT NULL
);
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id, ordinal);

-- What every API process polls: whose tokens stopped holding lately.
CREATE TABLE revocations (
    revocation_id INTEGER     NOT NULL PRIMARY KEY,
    revoked_at    TIMESTAMPTZ NOT NULL,
    user_id       BIGINT      NOT NULL,
    session_id    BIGINT,
    generation    BIGINT
);
CREATE INDEX revocations_time ON revocations (revoked_at);

CREATE TABLE link_tokens (
    token_hash TEXT        NOT NULL PRIMARY KEY,
    user_id    BIGINT      NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    purpose    TEXT        NOT NULL CHECK (purpose IN ('invitation', 'reset')),
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at    TIMESTAMPTZ
);
CREATE INDEX link_tokens_user ON link_tokens (user_id);

-- Facts of the installation: the set-up token's hash, whether it is a demo.
CREATE TABLE installation (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- What goes out after the commit: at least once.
CREATE TABLE outbox (
    outbox_id  INTEGER     NOT NULL PRIMARY KEY,
    company_id TEXT,
    kind       TEXT        NOT NULL,
    payload    JSONB       NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    next_at    TIMESTAMPTZ,
    attempts   BIGINT      NOT NULL,
    sent_at    TIMESTAMPTZ,
    error      TEXT
);
CREATE INDEX outbox_next ON outbox (next_at) WHERE next_at IS NOT NULL;

CREATE TABLE idempotency_keys (
    user_id      BIGINT      NOT NULL,
    key          TEXT        NOT NULL,
    request_hash TEXT        NOT NULL,
    status       BIGINT,
    body         TEXT,
    created_at   TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (user_id, key)
);
CREATE INDEX idempotency_keys_time ON idempotency_keys (created_at);

CREATE TABLE curricula (
    curriculum_id INTEGER     NOT NULL PRIMARY KEY,
    company_id    TEXT        NOT NULL REFERENCES companies (company_id) ON DELETE CASCADE,
    department_id BIGINT      REFERENCES departments (department_id),
    title         TEXT        NOT NULL,
    -- what a search by title looks through, folded, with initial consonants
    title_key     TEXT        NOT NULL DEFAULT '',
    description   TEXT        NOT NULL,
    is_archived   BOOLEAN     NOT NULL,
    created_by    BIGINT      REFERENCES users (user_id),
    -- counts every change of the draft
    revision      BIGINT      NOT NULL,
    -- the revision the newest version was published from
    published_revision BIGINT,
    created_at    TIMESTAMPTZ NOT NULL,
    updated_at    TIMESTAMPTZ NOT NULL
);
CREATE INDEX curricula_updated ON curricula (company_id, updated_at, curriculum_id);
CREATE INDEX curricula_department ON curricula (department_id);
CREATE INDEX curricula_creator ON curricula (created_by);

-- The draft is the version without a number.
CREATE TABLE curriculum_versions (
    version_id    INTEGER     NOT NULL PRIMARY KEY,
    company_id    TEXT        NOT NULL REFERENCES companies (company_id) ON DELETE CASCADE,
    curriculum_id BIGINT      NOT NULL REFERENCES curricula (curriculum_id) ON DELETE CASCADE,
    number        BIGINT,
    note          TEXT        NOT NULL,
    -- [{week, note}], by week: read and written whole
    week_notes    JSONB       NOT NULL DEFAULT '[]',
    -- kept here so that lists need not count
    total_weeks   BIGINT      NOT NULL,
    task_count    BIGINT      NOT NULL,
    published_at  TIMESTAMPTZ,
    published_by  BIGINT      REFERENCES users (user_id)
);
CREATE UNIQUE INDEX curriculum_versions_number ON curriculum_versions (curriculum_id, coalesce(number, 0));
CREATE INDEX curriculum_versions_company ON curriculum_versions (company_id, curriculum_id, number);
CREATE INDEX curriculum_versions_publisher ON curriculum_versions (published_by);

CREATE TABLE template_tasks (
    template_task_id INTEGER NOT NULL PRIMARY KEY,
    company_id       TEXT    NOT NULL,
    version_id       BIGINT  NOT NULL REFERENCES curriculum_versions (version_id) ON DELETE CASCADE,
    -- the same task in all versions
    key              TEXT    NOT NULL,
    week             BIGINT  NOT NULL CHECK (week >= 1),
    position         BIGINT  NOT NULL,
    title            TEXT    NOT NULL,
    guideline        TEXT    NOT NULL,
    submission_form  TEXT    NOT NULL,
    priority         TEXT    NOT NULL,
    starts_after     BIGINT  NOT NULL CHECK (starts_after >= 0),
    duration         BIGINT  NOT NULL CHECK (duration >= 1),
    kind             TEXT    NOT NULL,
    owner            TEXT    NOT NULL,
    depends_on       JSONB   NOT NULL,
    is_required      BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX template_tasks_key ON template_tasks (version_id, key);
CREATE INDEX template_tasks_order ON template_tasks (version_id, week, position);

CREATE TABLE mentorships (
    mentorship_id INTEGER     NOT NULL PRIMARY KEY,
    company_id    TEXT        NOT NULL REFERENCES companies (company_id) ON DELETE CASCADE,
    mentor_id     BIGINT      NOT NULL REFERENCES users (user_id),
    mentee_id     BIGINT      NOT NULL REFERENCES users (user_id),
    title         TEXT        NOT NULL,
    start_on      DATE        NOT NULL,
    end_on        DATE        NOT NULL CHECK (end_on >= start_on),
    total_weeks   BIGINT      NOT NULL,
    status        TEXT        NOT NULL CHECK (status IN ('proposed', 'active', 'paused', 'completed', 'ended')),
    end_reason    TEXT,
    ended_at      TIMESTAMPTZ,
    -- what it was made from, to be read in one go; mentorship_sources is for looking up
    sources       JSONB       NOT NULL,
    created_at    TIMESTAMPTZ NOT NULL,
    CHECK (mentor_id <> mentee_id)
);
-- at most one running mentorship per mentee
CREATE UNIQUE INDEX mentorships_one_active ON mentorships (mentee_id) WHERE status IN ('active', 'paused');
CREATE INDEX mentorships_company ON mentorships (company_id, status, mentorship_id);
CREATE INDEX mentorships_mentor ON mentorships (company_id, mentor_id, status);
CREATE INDEX mentorships_mentee ON mentorships (company_id, mentee_id, mentorship_id);
CREATE INDEX mentorships_of_mentor ON mentorships (mentor_id);
CREATE INDEX mentorships_of_mentee ON mentorships (mentee_id);

CREATE TABLE mentorship_sources (
    mentorship_id BIGINT NOT NULL REFERENCES mentorships (mentorship_id) ON DELETE CASCADE,
    version_id    BIGINT NOT NULL REFERENCES curriculum_versions (version_id),
    company_id    TEXT   NOT NULL,
    curriculum_id BIGINT NOT NULL,
    PRIMARY KEY (mentorship_id, version_id)
);
CREATE INDEX mentorship_sources_version ON mentorship_sources (version_id);
CREATE INDEX mentorship_sources_curriculum ON mentorship_sources (company_id, curriculum_id);

CREATE TABLE tasks (
    task_id        INTEGER     NOT NULL PRIMARY KEY,
    company_id     TEXT        NOT NULL REFERENCES companies (company_id) ON DELETE CASCADE,
    mentorship_id  BIGINT      NOT NULL REFERENCES mentorships (mentorship_id) ON DELETE CASCADE,
    parent_id      BIGINT      REFERENCES tasks (task_id) ON DELETE CASCADE,
    template_task_id BIGINT    REFERENCES template_tasks (template_task_id),
    template_key   TEXT,
    title          TEXT        NOT NULL,
    guideline      TEXT        NOT NULL,
    submission     TEXT        NOT NULL,
    week           BIGINT      NOT NULL,
    position       BIGINT      NOT NULL,
    priority       TEXT        NOT NULL,
    kind           TEXT        NOT NULL,
    owner          TEXT        NOT NULL,
    owner_id       BIGINT      NOT NULL REFERENCES users (user_id),
    is_required    BOOLEAN     NOT NULL,
    starts_on      DATE        NOT NULL,
    due_on         DATE        NOT NULL CHECK (due_on >= starts_on),
    started_at     TIMESTAMPTZ,
    submitted_at   TIMESTAMPTZ,
    completed_at   TIMESTAMPTZ,
    status         TEXT        NOT NULL CHECK (status IN ('todo', 'in_progress', 'submitted', 'returned', 'done', 'skipped')),
    status_comment TEXT,
    submissions    BIGINT      NOT NULL,
    version        BIGINT      NOT NULL,
    -- kept with each change, so that lists need not count
    subtasks       BIGINT      NOT NULL,
    subtasks_done  BIGINT      NOT NULL,
    memos          BIGINT      NOT NULL,
    updated_at     TIMESTAMPTZ NOT NULL
);
CREATE INDEX tasks_plan ON tasks (mentorship_id, week, position, task_id);
CREATE INDEX tasks_parent ON tasks (parent_id);
CREATE INDEX tasks_owner ON tasks (owner_id);
CREATE INDEX tasks_company ON tasks (company_id, task_id);

CREATE TABLE task_events (
    event_id      INTEGER     NOT NULL PRIMARY KEY,
    company_id    TEXT        NOT NULL,
    mentorship_id BIGINT      NOT NULL REFERENCES mentorships (mentorship_id) ON DELETE CASCADE,
    task_id       BIGINT      NOT NULL REFERENCES tasks (task_id) ON DELETE CASCADE,
    kind          TEXT        NOT NULL,
    field         TEXT,
    old_value     TEXT,
    new_value     TEXT,
    comment       TEXT,
    actor_id      BIGINT      REFERENCES users (user_id),
    happened_at   TIMESTAMPTZ NOT NULL
);
CREATE INDEX task_events_task ON task_events (task_id, event_id);
CREATE INDEX task_events_mentorship ON task_events (mentorship_id, event_id);
CREATE INDEX task_events_actor ON task_events (actor_id);

CREATE TABLE memos (
    memo_id     INTEGER     NOT NULL PRIMARY KEY,
    company_id  TEXT        NOT NULL,
    task_id     BIGINT      NOT NULL REFERENCES tasks (task_id) ON DELETE CASCADE,
    author_id   BIGINT      NOT NULL REFERENCES users (user_id),
    body        TEXT        NOT NULL,
    mentor_only BOOLEAN     NOT NULL,
    created_at  TIMESTAMPTZ NOT NULL,
    edited_at   TIMESTAMPTZ
);
CREATE INDEX memos_task ON memos (task_id, memo_id);
CREATE INDEX memos_author ON memos (author_id);
