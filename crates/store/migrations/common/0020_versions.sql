-- Keys of tasks of the same plan that come first, as the template had them.
ALTER TABLE tasks ADD COLUMN depends_on JSONB NOT NULL DEFAULT '[]';
UPDATE tasks
SET depends_on = (SELECT s.depends_on FROM template_tasks s WHERE s.template_task_id = tasks.template_task_id)
WHERE template_task_id IS NOT NULL;
CREATE INDEX tasks_template ON tasks (template_task_id);

-- The draft as it was before an older version took its place: one per curriculum, to be put back.
CREATE TABLE kept_drafts (
    curriculum_id BIGINT      NOT NULL PRIMARY KEY REFERENCES curricula (curriculum_id) ON DELETE CASCADE,
    company_id    TEXT        NOT NULL,
    -- {week_notes, tasks}
    draft         JSONB       NOT NULL,
    -- the version that took its place; null when it was another kept draft
    number        BIGINT,
    kept_by       BIGINT      REFERENCES users (user_id),
    kept_at       TIMESTAMPTZ NOT NULL
);
CREATE INDEX kept_drafts_keeper ON kept_drafts (kept_by);

-- Work that goes on after its request was answered.
CREATE TABLE jobs (
    job_id      INTEGER     NOT NULL PRIMARY KEY,
    company_id  TEXT        NOT NULL REFERENCES companies (company_id) ON DELETE CASCADE,
    kind        TEXT        NOT NULL,
    state       TEXT        NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    -- the row the kind is about
    subject_id  BIGINT      NOT NULL,
    total       BIGINT      NOT NULL,
    done        BIGINT      NOT NULL,
    result      JSONB       NOT NULL DEFAULT '{}',
    error       TEXT,
    attempts    BIGINT      NOT NULL DEFAULT 0,
    created_by  BIGINT      NOT NULL REFERENCES users (user_id),
    created_at  TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    -- until then nobody else takes it
    held_until  TIMESTAMPTZ
);
CREATE INDEX jobs_open ON jobs (job_id) WHERE state IN ('waiting', 'running');
CREATE INDEX jobs_company ON jobs (company_id, job_id);
CREATE INDEX jobs_maker ON jobs (created_by);

-- Running mentorships brought to a newer version of their curriculum, in one action.
CREATE TABLE upgrades (
    upgrade_id    INTEGER     NOT NULL PRIMARY KEY,
    company_id    TEXT        NOT NULL REFERENCES companies (company_id) ON DELETE CASCADE,
    curriculum_id BIGINT      NOT NULL REFERENCES curricula (curriculum_id) ON DELETE CASCADE,
    version_id    BIGINT      NOT NULL REFERENCES curriculum_versions (version_id),
    number        BIGINT      NOT NULL,
    -- 'not_yet' or 'named'
    choice        TEXT        NOT NULL,
    people        BIGINT      NOT NULL,
    -- what dropped tasks say
    comment       TEXT        NOT NULL,
    created_by    BIGINT      NOT NULL REFERENCES users (user_id),
    created_at    TIMESTAMPTZ NOT NULL,
    undone_by     BIGINT      REFERENCES users (user_id),
    undone_at     TIMESTAMPTZ,
    job_id        BIGINT      REFERENCES jobs (job_id)
);
CREATE INDEX upgrades_curriculum ON upgrades (company_id, curriculum_id, upgrade_id);
CREATE INDEX upgrades_of_curriculum ON upgrades (curriculum_id);
CREATE INDEX upgrades_version ON upgrades (version_id);
CREATE INDEX upgrades_maker ON upgrades (created_by);
CREATE INDEX upgrades_undoer ON upgrades (undone_by);
CREATE INDEX upgrades_job ON upgrades (job_id);

CREATE TABLE upgrade_people (
    upgrade_id    BIGINT NOT NULL REFERENCES upgrades (upgrade_id) ON DELETE CASCADE,
    mentorship_id BIGINT NOT NULL REFERENCES mentorships (mentorship_id) ON DELETE CASCADE,
    company_id    TEXT   NOT NULL,
    state         TEXT   NOT NULL CHECK (state IN ('waiting', 'upgraded', 'left', 'undoing', 'undone', 'kept')),
    -- why it was left as it was, or kept when the rest was undone
    reason        TEXT,
    -- titles of the tasks the reason is about
    titles        JSONB  NOT NULL DEFAULT '[]',
    added         BIGINT NOT NULL DEFAULT 0,
    changed       BIGINT NOT NULL DEFAULT 0,
    dropped       BIGINT NOT NULL DEFAULT 0,
    -- how it was before, to the letter
    before        JSONB,
    PRIMARY KEY (upgrade_id, mentorship_id)
);
CREATE INDEX upgrade_people_waiting ON upgrade_people (upgrade_id, mentorship_id) WHERE state IN ('waiting', 'undoing');
CREATE INDEX upgrade_people_mentorship ON upgrade_people (mentorship_id);
