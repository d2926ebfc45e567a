-- What each revision of a draft changed: so that edits made from an older one can be merged.
CREATE TABLE curriculum_edits (
    curriculum_id BIGINT      NOT NULL REFERENCES curricula (curriculum_id) ON DELETE CASCADE,
    -- the revision these edits made; one that is not here was made by replacing the draft as a whole
    revision      BIGINT      NOT NULL,
    company_id    TEXT        NOT NULL,
    edited_by     BIGINT      REFERENCES users (user_id) ON DELETE SET NULL,
    edits         JSONB       NOT NULL,
    edited_at     TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (curriculum_id, revision)
);
CREATE INDEX curriculum_edits_editor ON curriculum_edits (edited_by);

-- Tasks that are used again and again, with what they wait for among themselves.
CREATE TABLE task_blocks (
    block_id      INTEGER     NOT NULL PRIMARY KEY,
    company_id    TEXT        NOT NULL REFERENCES companies (company_id) ON DELETE CASCADE,
    department_id BIGINT      REFERENCES departments (department_id) ON DELETE SET NULL,
    name          TEXT        NOT NULL,
    -- template tasks whose first week is 1: read and written whole
    tasks         JSONB       NOT NULL,
    total_weeks   BIGINT      NOT NULL,
    task_count    BIGINT      NOT NULL,
    created_by    BIGINT      REFERENCES users (user_id) ON DELETE SET NULL,
    created_at    TIMESTAMPTZ NOT NULL,
    updated_at    TIMESTAMPTZ NOT NULL
);
CREATE INDEX task_blocks_company ON task_blocks (company_id, name, block_id);
CREATE INDEX task_blocks_department ON task_blocks (department_id);
CREATE INDEX task_blocks_creator ON task_blocks (created_by);
