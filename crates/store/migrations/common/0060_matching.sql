-- Who somebody reports to: never their mentor.
ALTER TABLE users ADD COLUMN manager_id BIGINT REFERENCES users (user_id) ON DELETE SET NULL;
CREATE INDEX users_manager ON users (manager_id);

-- A group of mentees matched with mentors: a draft until it is published, read and written whole.
CREATE TABLE matchings (
    matching_id INTEGER     NOT NULL PRIMARY KEY,
    company_id  TEXT        NOT NULL REFERENCES companies (company_id) ON DELETE CASCADE,
    title       TEXT        NOT NULL,
    state       TEXT        NOT NULL CHECK (state IN ('open', 'published')),
    start_on    DATE        NOT NULL,
    version_ids JSONB       NOT NULL,
    mentor_ids  JSONB       NOT NULL,
    -- [{mentee_id, mentor_id, is_locked, is_left_out, mentorship_id, problem}]
    pairs       JSONB       NOT NULL,
    -- kept here so that lists need not look into the pairs
    mentees     BIGINT      NOT NULL,
    assigned    BIGINT      NOT NULL,
    started     BIGINT      NOT NULL,
    version     BIGINT      NOT NULL,
    created_by  BIGINT      REFERENCES users (user_id) ON DELETE SET NULL,
    created_at  TIMESTAMPTZ NOT NULL,
    updated_at  TIMESTAMPTZ NOT NULL
);
CREATE INDEX matchings_updated ON matchings (company_id, updated_at, matching_id);
CREATE INDEX matchings_creator ON matchings (created_by);

-- What analytics looks for among all that happened to tasks: reviews of a period, whole in the index.
CREATE INDEX task_events_answers ON task_events (company_id, happened_at, mentorship_id, actor_id, waited_seconds)
    WHERE waited_seconds IS NOT NULL;
CREATE INDEX mentorships_start ON mentorships (company_id, start_on);
