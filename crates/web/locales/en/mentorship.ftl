# One mentorship

mentorship-summary = Summary
mentorship-status = Status
mentorship-look = Worth a look
mentorship-dates = Dates
mentorship-week = Week
mentorship-sources = Curricula
mentorship-overdue = Overdue
mentorship-ended-why = Ended on { $date }. Reason: { $reason }
mentorship-completed-on = Completed on { $date }. All tasks and records stay readable.
mentorship-all-done = All required tasks are done. The mentorship can be completed.
mentorship-no-tasks-title = No tasks in this plan yet
mentorship-no-tasks-text = Added tasks are gathered here by week.

mentorship-task-action = Add a task
mentorship-task-submit = Add
mentorship-task-title = Title
mentorship-task-guideline = Guideline
mentorship-task-markdown = Markdown works here.
mentorship-task-starts = Starts
mentorship-task-due = Due
mentorship-task-week = Week
mentorship-task-required = Required
mentorship-task-done = Added “{ $title }”

mentorship-complete-action = Complete the mentorship
mentorship-complete-text = This completes the mentorship of { $name }. Tasks and records stay readable but can no longer be changed.
mentorship-complete-open = { $count ->
    [one] { $count } required task is not done yet.
   *[other] { $count } required tasks are not done yet.
}
mentorship-complete-done = The mentorship of { $name } is completed

mentorship-end-action = End the mentorship
mentorship-end-text = This ends the mentorship of { $name } early. Tasks and records stay readable but can no longer be changed. It can’t be undone.
mentorship-end-reason = Reason
mentorship-end-hint = The mentee, the mentor and admins can read it.
mentorship-end-done = The mentorship of { $name } has ended

mentorship-hand-over-action = Hand over to another mentor
mentorship-hand-over-text = The mentorship of { $mentor } with { $mentee } goes to another mentor, with the mentor’s tasks and reviews. The present mentor will no longer see it.
mentorship-hand-over-mentor = New mentor
mentorship-hand-over-placeholder = Find by name or employee number
mentorship-hand-over-done = Handed over to { $name }
mentorship-pick-mentor = Choose one of the people found.

mentorship-event-nobody = Naru
mentorship-event-created = { $who } added the task.
mentorship-event-submission = { $who } edited the submission.
mentorship-event-subtask-added = { $who } added a sub-task.
mentorship-event-subtask-removed = { $who } deleted a sub-task.
mentorship-event-to-todo = { $who } set it back to to-do.
mentorship-event-to-in-progress = { $who } started it.
mentorship-event-to-submitted = { $who } asked for a review.
mentorship-event-to-returned = { $who } returned it.
mentorship-event-to-done = { $who } marked it done.
mentorship-event-to-skipped = { $who } skipped it.
mentorship-event-starts = { $who } moved its start to { $date }.
mentorship-event-due = { $who } moved its due date to { $date }.
mentorship-event-edited = { $who } edited the task.
mentorship-event-edited-title = { $who } edited the title.
mentorship-event-edited-guideline = { $who } edited the guideline.
mentorship-event-edited-submission = { $who } edited the submission.
mentorship-event-edited-priority = { $who } changed the priority.
mentorship-event-edited-starts-on = { $who } changed the start.
mentorship-event-edited-due-on = { $who } changed the due date.
mentorship-event-edited-is-required = { $who } changed whether it is required.
