-- What a mentor and a mentee do together. What happened to it stands in mentorship_events.

-- One row per version; the newest one counts. A change of a signed one makes the next version.
CREATE TABLE agreements (
    agreement_id     INTEGER     NOT NULL PRIMARY KEY,
    company_id       TEXT        NOT NULL,
    mentorship_id    BIGINT      NOT NULL REFERENCES mentorships (mentorship_id) ON DELETE CASCADE,
    number           BIGINT      NOT NULL CHECK (number >= 1),
    mentor_expects   TEXT        NOT NULL,
    mentee_expects   TEXT        NOT NULL,
    rhythm           TEXT        NOT NULL CHECK (rhythm IN ('weekly', 'biweekly', 'monthly', 'as_needed')),
    -- Monday 1 … Sunday 7, and HH:MM in the company's time zone
    weekday          BIGINT      CHECK (weekday BETWEEN 1 AND 7),
    meets_at         TEXT        NOT NULL,
    minutes          BIGINT      NOT NULL CHECK (minutes BETWEEN 5 AND 600),
    place            TEXT        NOT NULL,
    mentor_signed_by BIGINT      REFERENCES users (user_id),
    mentor_signed_at TIMESTAMPTZ,
    mentee_signed_by BIGINT      REFERENCES users (user_id),
    mentee_signed_at TIMESTAMPTZ,
    -- counts every change through all versions
    version          BIGINT      NOT NULL,
    updated_at       TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX agreements_number ON agreements (mentorship_id, number);
CREATE INDEX agreements_company ON agreements (company_id, mentorship_id, number);
CREATE INDEX agreements_mentor_signer ON agreements (mentor_signed_by);
CREATE INDEX agreements_mentee_signer ON agreements (mentee_signed_by);

CREATE TABLE goals (
    goal_id       INTEGER     NOT NULL PRIMARY KEY,
    company_id    TEXT        NOT NULL,
    mentorship_id BIGINT      NOT NULL REFERENCES mentorships (mentorship_id) ON DELETE CASCADE,
    title         TEXT        NOT NULL,
    measure       TEXT        NOT NULL,
    due_on        DATE,
    progress      BIGINT      NOT NULL CHECK (progress BETWEEN 0 AND 100),
    notes         TEXT        NOT NULL,
    created_by    BIGINT      REFERENCES users (user_id),
    created_at    TIMESTAMPTZ NOT NULL,
    updated_at    TIMESTAMPTZ NOT NULL,
    version       BIGINT      NOT NULL
);
CREATE INDEX goals_mentorship ON goals (mentorship_id, goal_id);
CREATE INDEX goals_company ON goals (company_id, goal_id);
CREATE INDEX goals_creator ON goals (created_by);

CREATE TABLE meetings (
    meeting_id    INTEGER     NOT NULL PRIMARY KEY,
    company_id    TEXT        NOT NULL,
    mentorship_id BIGINT      NOT NULL REFERENCES mentorships (mentorship_id) ON DELETE CASCADE,
    starts_at     TIMESTAMPTZ NOT NULL,
    minutes       BIGINT      NOT NULL CHECK (minutes BETWEEN 5 AND 600),
    -- a room or a link
    place         TEXT        NOT NULL,
    -- [{point_id, text, is_done, added_by, added_at}]: read and written whole
    agenda        JSONB       NOT NULL,
    notes         TEXT        NOT NULL,
    status        TEXT        NOT NULL CHECK (status IN ('planned', 'held', 'cancelled')),
    -- how calendars know it, and how often they were told of a change
    calendar_uid  TEXT        NOT NULL,
    sequence      BIGINT      NOT NULL,
    created_by    BIGINT      REFERENCES users (user_id),
    created_at    TIMESTAMPTZ NOT NULL,
    updated_at    TIMESTAMPTZ NOT NULL,
    version       BIGINT      NOT NULL
);
CREATE INDEX meetings_mentorship ON meetings (mentorship_id, starts_at, meeting_id);
CREATE INDEX meetings_company ON meetings (company_id, starts_at, meeting_id);
CREATE INDEX meetings_creator ON meetings (created_by);

-- What was agreed on in a meeting is a task of the plan.
ALTER TABLE tasks ADD COLUMN meeting_id BIGINT REFERENCES meetings (meeting_id);
CREATE INDEX tasks_meeting ON tasks (meeting_id);

-- The final evaluation: one a mentorship.
CREATE TABLE reports (
    mentorship_id    BIGINT      NOT NULL PRIMARY KEY REFERENCES mentorships (mentorship_id) ON DELETE CASCADE,
    company_id       TEXT        NOT NULL,
    mentor_text      TEXT        NOT NULL,
    mentee_text      TEXT        NOT NULL,
    -- {criterion: 1 … 5}
    mentor_scores    JSONB       NOT NULL,
    mentee_scores    JSONB       NOT NULL,
    mentor_signed_by BIGINT      REFERENCES users (user_id),
    mentor_signed_at TIMESTAMPTZ,
    mentee_signed_by BIGINT      REFERENCES users (user_id),
    mentee_signed_at TIMESTAMPTZ,
    -- the figures as they were when both had signed
    figures          JSONB,
    version          BIGINT      NOT NULL,
    updated_at       TIMESTAMPTZ NOT NULL
);
CREATE INDEX reports_company ON reports (company_id, mentorship_id);
CREATE INDEX reports_mentor_signer ON reports (mentor_signed_by);
CREATE INDEX reports_mentee_signer ON reports (mentee_signed_by);

-- A person's calendar address: the token itself is known to them alone.
CREATE TABLE calendar_feeds (
    user_id    BIGINT      NOT NULL PRIMARY KEY REFERENCES users (user_id) ON DELETE CASCADE,
    token_hash TEXT        NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX calendar_feeds_token ON calendar_feeds (token_hash);

-- The timeline goes through what happened by time.
CREATE INDEX task_events_timeline ON task_events (mentorship_id, happened_at, event_id);
CREATE INDEX mentorship_events_timeline ON mentorship_events (mentorship_id, happened_at, event_id);
CREATE INDEX memos_timeline ON memos (task_id, created_at, memo_id);
