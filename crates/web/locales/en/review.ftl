# The review queue

review-in-turn = Review in turn
review-order = Oldest first
review-waiting = Waiting
review-days-hours = { $days }d { $hours }h
review-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
review-hours = { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}
review-minutes = { $minutes } min
review-now = just now
review-length = Text of { $count } characters
review-no-text = No text
review-attempt = submission no. { $count }
review-empty-title = Nothing to review
review-empty-text = When a mentee asks for a review it waits here, the oldest first.
review-empty-action = See mentees
review-files = { $count ->
    [one] { $count } file
   *[other] { $count } files
}
review-choose = Choose “{ $title }” of { $name }
review-approve-chosen = Approve the chosen ones
review-approve-hint = Tick tasks on the left to approve them all at once.
review-none-chosen = Tick the tasks to approve first.
review-approved = { $count ->
    [one] { $count } task approved
   *[other] { $count } tasks approved
}
review-outcome-approved = Approved.
review-outcome-not-found = Not approved: there is no such task, or it is not yours to see.
review-outcome-not-allowed = Not approved: it changed in the meantime.
review-outcome-not-running = Not approved: the mentorship isn't active.
