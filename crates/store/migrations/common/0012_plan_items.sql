-- Where a task stands in its plan apart from its dates: {from, week, starts_after, duration}. Kept so that moving a
-- plan forth and back gives the same dates; null where the dates alone tell.
ALTER TABLE tasks ADD COLUMN planned JSONB;
-- The last day without regard to due dates; end_on is later when a task is due later. Null: start, weeks and no more.
ALTER TABLE mentorships ADD COLUMN least_end_on DATE;
