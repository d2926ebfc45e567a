# Moving a mentorship's dates, pausing it, going on

dates-dates-title = Move dates
dates-dates-text = Moving the first day moves every open task along. Finished tasks stay; of started tasks only the due date moves.
dates-dates-submit = Move them
dates-dates-done = The dates moved. Tasks changed: { $count }
dates-pause-title = Pause
dates-pause-text = While it is paused nothing moves. When it goes on, every open task moves by the length of the pause.
dates-pause-reason = Reason
dates-pause-hint = Mentee and mentor are told by mail.
dates-pause-submit = Pause it
dates-pause-done = The mentorship is paused
dates-resume-title = Resume
dates-resume-text = Every open task moves by the length of the pause, and the mentorship goes on.
dates-resume-submit = Resume it
dates-resume-done = The mentorship goes on. Tasks moved: { $count }
dates-resume-on = First day after the pause
dates-resume-expected = Expected first day after the pause
dates-resume-expected-hint = Pick one to see how the dates would move then.
dates-resume-suspended = The account of { $name } is suspended. Activate it first.
dates-start-new = First day
dates-end-new = Last day
dates-end-hint = Left as it is, it moves along with the first day.
dates-preview = Preview
dates-preview-label = Dates that change
dates-empty-title = Pick a date to see what moves
dates-empty-text = Every task's present and new dates appear here by week. Nothing changes before you confirm.
dates-moved = Tasks that change
dates-kept = Stay
dates-start = First day
dates-end = Last day
dates-conflicts = { $count ->
    [one] One task's dates need a look.
   *[other] The dates of { $count } tasks need a look.
}
dates-warning-starts-in-past = The first day is over already.
dates-warning-starts-on-day-off = The first day is a day off. The first task starts on the next working day.
dates-warning-holidays-unknown = The public holidays of this time aren't known yet and may be missing.
dates-week = Week { $week }
dates-task = Task
dates-before = Now
dates-after = Then
dates-new = New task
dates-stays = Stays
dates-skips = Is skipped
dates-no-tasks = This plan has no task to move.
dates-conflict-due-before-today = Due on a day that is over
dates-conflict-beyond-end = After the last day
dates-conflict-on-absence = The mentor is away
dates-stale = The plan changed meanwhile. Look at the new preview, then try again.
dates-undone = Taken back
dates-not-undone = Something changed since, so it could not be taken back

life-paused = The mentorship is paused.
life-paused-since = The mentorship is paused since { $date }.
life-mentee-suspended = The account of { $name } is suspended. Dates don't move by themselves: pause the mentorship or end it.
life-mentee-invited = { $name } has not answered the invitation yet. The plan is there at the first sign-in.
life-mentor-suspended = The account of the mentor { $name } is suspended. Hand the mentorship over.
