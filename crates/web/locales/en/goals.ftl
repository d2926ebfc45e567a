# Goals of a pair

goals-heading = Goals of { $name }
goals-add = Add a goal
goals-added = “{ $title }” added
goals-title = Goal
goals-title-placeholder = For example: I can deploy on my own
goals-measure = How you will know
goals-measure-hint = For example: three deployments without help
goals-due = Due
goals-notes = Notes
goals-edit = Edit “{ $title }”
goals-saved = Saved
goals-remove = Remove goal
goals-remove-text = The goal and its progress go. The record keeps that it was there.
goals-removed = Goal removed
goals-reached = Reached
goals-progress-of = Progress of “{ $title }”
goals-comment-of = A word on the progress of “{ $title }”
goals-comment = A word on it (optional)
goals-note = Note progress
goals-noted = Progress noted
goals-history = { $count ->
    [one] 1 earlier step
   *[other] { $count } earlier steps
}
goals-step-added = { $who } set this goal.
goals-step-changed = { $who } changed it.
goals-step-progress = { $who }: { $from }% → { $to }%
goals-empty-title = What is the first goal?
goals-empty-text = What would you like to be able to do at the end? One or two are enough.
goals-none-title = No goals yet
goals-none-text = Once the mentor or the mentee sets one, its progress is shown here.
