-- What waited before that was counted.
UPDATE task_events SET waited_seconds = (
    SELECT unixepoch(task_events.happened_at) - unixepoch(p.happened_at) FROM task_events p
    WHERE p.task_id = task_events.task_id AND p.event_id < task_events.event_id AND p.new_value = 'submitted'
    ORDER BY p.event_id DESC LIMIT 1)
WHERE kind = 'moved' AND old_value = 'submitted' AND new_value IN ('done', 'returned') AND waited_seconds IS NULL;
