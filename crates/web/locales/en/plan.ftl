# The plan

plan-week = Week { $week }
plan-week-done = { $done } of { $all } done
plan-owner = Done by: { $who }
plan-done-on = Done { $date }
plan-due = Due { $date }
plan-not-required = Optional
plan-subtasks = Sub-tasks
plan-status = Status
plan-any-status = Any status
plan-any-priority = Any priority
plan-show = Show
plan-show-all = Show all
plan-count = { $count } of { $all } tasks
plan-empty-title = No plan yet
plan-empty-text = Once your mentor starts a mentorship, each week's tasks stand here with their dates.
plan-none-title = No task fits
plan-none-text = Change the status or the priority to see others.
