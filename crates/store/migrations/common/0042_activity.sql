-- Whether anything happened lately, without a look at the tasks.
CREATE INDEX task_events_activity ON task_events (mentorship_id, happened_at);
