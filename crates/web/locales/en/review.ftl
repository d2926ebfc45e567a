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
