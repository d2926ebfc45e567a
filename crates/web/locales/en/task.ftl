# A task's page

task-week = Week { $week }
task-parent = Parent task
task-guideline = Guideline
task-no-guideline = No guideline is written. Ask your mentor what to do.
task-not-required = Optional
task-copy-link = Copy link
task-edit = Edit task
task-skip = Skip
task-delete = Delete task
task-delete-text = It disappears from the plan. This can't be undone.
task-deleted = The task is deleted
task-comment = What your mentor said
task-returned-by = { $name } returned it
task-skipped-because = Why it was skipped

## Moves: from, to

task-do-todo-in-progress = Start
task-do-todo-done = Finish
task-do-todo-skipped = Skip
task-do-in-progress-todo = Back to to-do
task-do-in-progress-submitted = Request review
task-do-in-progress-done = Finish
task-do-in-progress-skipped = Skip
task-do-submitted-in-progress = Take back
task-do-submitted-done = Approve
task-do-submitted-returned = Return
task-do-submitted-skipped = Skip
task-do-returned-in-progress = Resume
task-do-returned-submitted = Request review again
task-do-returned-skipped = Skip
task-do-done-todo = Back to to-do
task-do-done-in-progress = Reopen
task-do-skipped-todo = Put back into the plan
task-moved-todo = “{ $title }” → To do
task-moved-in-progress = “{ $title }” → In progress
task-moved-submitted = Review of “{ $title }” requested
task-moved-returned = “{ $title }” returned
task-moved-done = “{ $title }” → Done
task-moved-skipped = “{ $title }” skipped
task-undone = Undone

## Reasons

task-review = Review
task-return-why = What is still missing?
task-return-hint = The mentee reads this as it is. To approve, leave it empty.
task-skip-why = Why is it skipped?
task-skip-hint = Skipped tasks don't count towards progress.
task-reopen-why = Why is it reopened?
task-reopen-hint = It goes back to in progress, so that the mentee can work on it.

## Sub-tasks

task-subtasks = Sub-tasks
task-subtask-title = Name of the sub-task
task-subtask-add = Add
task-subtask-delete = Delete “{ $title }”
task-subtask-deleted = “{ $title }” deleted

## Submission

task-submission = Submission
task-no-submission = Nothing handed in yet.
task-submission-placeholder = Write what you did, and why you did it that way.
task-submission-saved = Saved
task-saved-text = The text that is saved now

## Memos

task-memos = Memos
task-memos-more = Next memos
task-memo-none = No memos yet. Leave a question, or something worth knowing.
task-memo-write = Write a memo
task-memo-placeholder = Write a memo. Type @ to call somebody
task-memo-add = Post
task-memo-edit = Edit
task-memo-edited = edited
task-memo-delete = Delete
task-memo-delete-text = Delete this memo? This can't be undone.
task-memo-deleted = The memo is deleted
task-memo-hidden = Hidden from the mentee
task-memo-only = Hide from the mentee

## Facts

task-facts = About this task
task-title = Title
task-state = Status
task-starts = Start
task-due = Due
task-kind = Kind
task-owner = Owner
task-reviewer = Reviewer
task-curriculum = Plan
task-required = Required
task-required-hint = Only required tasks count towards progress.
task-saved = The task is saved
task-overtaken = Somebody else saved while you were writing. What you typed is below, and replaces this when you save. Saved now:
task-overtaken-guideline = The guideline that is saved now

## The record

task-history = History
task-history-more = { $count ->
    [one] Show one earlier entry
   *[other] Show { $count } earlier entries
}
task-event-created = put it into the plan
task-event-from-meeting = put it into the plan in a 1:1
task-event-edited = changed it
task-event-title = changed the title from “{ $old }” to “{ $new }”
task-event-guideline = changed the guideline
task-event-submission = wrote the submission
task-event-priority = changed the priority: { $old } → { $new }
task-event-starts-on = moved the start: { $old } → { $new }
task-event-due-on = moved the due date: { $old } → { $new }
task-event-required = made it required
task-event-not-required = made it optional
task-event-subtask-added = added the sub-task “{ $name }”
task-event-subtask-removed = deleted the sub-task “{ $name }”
task-event-subtask-done = finished the sub-task “{ $name }”
task-event-subtask-opened = reopened the sub-task “{ $name }”
task-event-started = started
task-event-reset = put it back to to-do
task-event-submitted = requested a review
task-event-taken-back = took the request back
task-event-returned = returned it
task-event-resumed = resumed
task-event-approved = approved it
task-event-finished = finished it
task-event-reopened = reopened it
task-event-skipped = skipped it
task-event-unskipped = put it back into the plan
task-event-file-added = added the file “{ $name }”
task-event-file-removed = removed the file “{ $name }”

## Files and checklist

task-files = Files
task-file-add = Add files
task-file-send = Send
task-file-hint = Or drop them here: documents, sheets, pictures, archives, up to 20.
task-file-remove = Remove “{ $name }”
task-file-removed = “{ $name }” removed
task-file-failed = It wasn't uploaded. Please try again.
task-checklist = Checklist
task-checked = done
task-unchecked = not yet

## Memos that were changed

task-memo-edits = Edits
task-memo-edits-lead = How the memo of { $name } has changed.
task-memo-now = Now
task-memo-until = until { $when }
task-memo-no-edits = It was never changed.
task-memo-back = Back to the memo

## Going through the queue

task-queue = Review queue
task-queue-place = { $number } of { $count }
task-queue-previous = Previous task
task-queue-next = Next task
task-keys = Keyboard shortcuts
task-review-tabs = View
task-evidence = Handed in
