# The board

board-period = Period
board-period-all = All
board-period-week = This week
board-period-overdue = Overdue
board-filter = Filter
board-only-high = High priority only
board-only-returned = Returned only
board-only-subtasks = With sub-tasks only
board-empty-title = No tasks yet
board-empty-text = Once your mentor starts a mentorship, its tasks lie here as cards.
board-none-title = No task fits
board-none-text = Change the period or the filter to see others.
board-show-all = Show all
board-paused = The mentorship is paused. Tasks can't be moved until it goes on.
board-over = This mentorship is over. What you did can still be read.
board-column-todo = Nothing is waiting
board-column-in-progress = Nothing in progress
board-column-submitted = Nothing waits for review
board-column-done = What your mentor approves comes here
board-more-done = { $count ->
    [one] Show one more
   *[other] Show { $count } more
}
board-hint-drag = Drag a card, or focus it and press
board-hint-keys = to move it. It is done once your mentor approves.
board-week = Week { $week }
board-subtasks = Sub-tasks
board-memos = Memos
board-submitted = Handed in { $when }
board-move = Move “{ $title }”
board-subtasks-first = { $count ->
    [one] Finish one sub-task to request a review.
   *[other] Finish { $count } sub-tasks to request a review.
}
