-- What happens to a mentorship as a whole, append-only; tasks have their own events.
CREATE TABLE mentorship_events (
    event_id      INTEGER     NOT NULL PRIMARY KEY,
    company_id    TEXT        NOT NULL,
    mentorship_id BIGINT      NOT NULL REFERENCES mentorships (mentorship_id) ON DELETE CASCADE,
    kind          TEXT        NOT NULL,
    -- an object; what is in it follows from the kind
    details       JSONB       NOT NULL,
    comment       TEXT,
    actor_id      BIGINT      REFERENCES users (user_id),
    happened_at   TIMESTAMPTZ NOT NULL
);
CREATE INDEX mentorship_events_mentorship ON mentorship_events (mentorship_id, event_id);
CREATE INDEX mentorship_events_company ON mentorship_events (company_id, event_id);
CREATE INDEX mentorship_events_actor ON mentorship_events (actor_id);

-- Days on which somebody is away, both ends included.
CREATE TABLE absences (
    absence_id INTEGER     NOT NULL PRIMARY KEY,
    company_id TEXT        NOT NULL REFERENCES companies (company_id) ON DELETE CASCADE,
    user_id    BIGINT      NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    starts_on  DATE        NOT NULL,
    ends_on    DATE        NOT NULL CHECK (ends_on >= starts_on),
    reason     TEXT        NOT NULL,
    created_by BIGINT      REFERENCES users (user_id),
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX absences_user ON absences (user_id, ends_on);
CREATE INDEX absences_company ON absences (company_id, ends_on, absence_id);
CREATE INDEX absences_creator ON absences (created_by);

-- How many mentorships a mentor runs at once; the person's own number goes before the company's, null is no limit.
ALTER TABLE users ADD COLUMN mentor_capacity BIGINT CHECK (mentor_capacity BETWEEN 0 AND 100);
ALTER TABLE companies ADD COLUMN mentor_capacity BIGINT CHECK (mentor_capacity BETWEEN 0 AND 100);

-- Null until it became active: what was only ever proposed has none, and its mentee does not see it.
ALTER TABLE mentorships ADD COLUMN started_at TIMESTAMPTZ;
UPDATE mentorships SET started_at = created_at;
ALTER TABLE mentorships ADD COLUMN proposed_by BIGINT REFERENCES users (user_id);
-- what the mentor is told with the proposal
ALTER TABLE mentorships ADD COLUMN proposal_note TEXT;
-- the first day of the present pause
ALTER TABLE mentorships ADD COLUMN paused_on DATE;
-- counts every change of its dates, so that what was previewed is what is applied
ALTER TABLE mentorships ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;
CREATE INDEX mentorships_proposer ON mentorships (proposed_by);
-- at most one open proposal per mentee
CREATE UNIQUE INDEX mentorships_one_proposed ON mentorships (mentee_id) WHERE status = 'proposed';
