# One person's plan, rearranged

plan-edit-title = Edit plan
plan-edit-lead = Only this plan changes, the curriculum does not.
plan-edit-handle = Move “{ $title }”: drag it, or press Alt and an arrow
plan-edit-started = It was started already; its first day stays
plan-edit-starts = Start of “{ $title }”
plan-edit-due = Due date of “{ $title }”
plan-edit-more = More for “{ $title }”
plan-edit-week = Week
plan-edit-position = Position
plan-edit-skip = Skip it
plan-edit-new = Add a task
plan-edit-change = What changes
plan-edit-nothing = No task changes.
plan-edit-hint = Drag a task or change a date, and what changes appears here.
plan-edit-reason = Reason for skipping
plan-edit-submit = Make the changes
plan-edit-done = The plan changed. Tasks changed: { $count }
