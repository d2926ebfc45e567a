# 1:1 meetings

meetings-one = 1:1
meetings-upcoming = Coming up
meetings-with = 1:1 with { $name }
meetings-of = { $mentor } · { $mentee }
meetings-minutes = { $count } min
meetings-next = Meet next
meetings-next-text = By your agreed rhythm, on a working day.
meetings-next-as-needed = There is no fixed rhythm. Plan one when you need it.
meetings-plan = Plan a 1:1
meetings-planned = Planned; both are invited by mail
meetings-suggested = Chosen by your agreed rhythm, on a working day. Change it as you like.
meetings-invited = Both get an invitation by mail for their calendars.
meetings-ahead = Ahead
meetings-past = Past
meetings-points = { $count ->
    [one] 1 point
   *[other] { $count } points
}
meetings-actions-count = { $count ->
    [one] 1 action
   *[other] { $count } actions
}
meetings-status-planned = Planned
meetings-status-held = Held
meetings-status-cancelled = Cancelled
meetings-do-planned = Plan it again
meetings-do-held = It was held
meetings-do-cancelled = Cancel this 1:1
meetings-now-planned = Planned again
meetings-now-held = Noted as held
meetings-now-cancelled = The 1:1 is cancelled
meetings-cancel-text = The 1:1 is cancelled and both are told. Agenda and notes stay.
meetings-move = Change time or place
meetings-moved = Time and place changed
meetings-date = Date
meetings-time = Starts at
meetings-length = Length
meetings-place = Place or link
meetings-place-hint = A room, or the address of a video call
meetings-agenda = Agenda
meetings-agenda-hint = One point a line. Both can add more later.
meetings-agenda-placeholder = Looking back on the week
meetings-no-agenda = There was no agenda.
meetings-point = Something to talk about
meetings-point-add = Add
meetings-point-delete = Remove “{ $text }”
meetings-notes = Notes
meetings-notes-placeholder = Both write down what you talked about. Saved as you write.
meetings-notes-saved = Notes saved
meetings-no-notes = No notes.
meetings-actions = Actions
meetings-no-actions = No actions.
meetings-action-title = What is to be done
meetings-action-placeholder = For example: draft the runbook
meetings-action-owner = Who
meetings-action-due = Due
meetings-action-add = Make it a task
meetings-action-hint = It becomes a task of the plan, linked to this 1:1. It does not count as required.
meetings-action-added = “{ $title }” is a task now
meetings-facts = About this 1:1
meetings-all = All 1:1s
meetings-empty-title = Plan your first 1:1?
meetings-empty-text = Pick a day. Both of you get a calendar invitation.
meetings-empty-suggested = How about { $when }? Both of you get a calendar invitation.
meetings-none-title = No 1:1s yet
meetings-none-text = Once the mentor or the mentee plans one, it is listed here.
