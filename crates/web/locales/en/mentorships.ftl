# Lists of pairs: an admin's, and what all lists of pairs share

mentorships-lead = Every mentorship of the company.
mentorships-new = New mentorship
mentorships-name = Name
mentorships-mentor = Mentor
mentorships-week = Week
mentorships-week-of = Week { $week } of { $weeks }
mentorships-weeks = { $count ->
    [one] { $count } week
   *[other] { $count } weeks
}
mentorships-progress = Progress
mentorships-progress-of = Progress of { $name }
mentorships-ends = Ends
mentorships-activity = Last activity
mentorships-no-activity = None yet
mentorships-look = Worth a look
mentorships-action = Action
mentorships-open = Open plan
mentorships-tabs = Status
mentorships-tab-active = Active
mentorships-tab-paused = Paused
mentorships-tab-completed = Completed
mentorships-tab-ended = Ended early
mentorships-tab-all = All
mentorships-search = Find by name or title
mentorships-first-page = To the first page
mentorships-empty-title = No mentorships yet
mentorships-empty-text = Bring a mentor and a mentee together and a dated plan is made for them.
mentorships-empty-status-title = No mentorship has this status
mentorships-empty-status-text = Choose another status.
mentorships-none-title = Nothing matches “{ $search }”
mentorships-none-text = Try other words, or look at “All”.
mentorships-none-action = Clear search

mentorships-risk-overdue = { $count ->
    [one] { $count } task is overdue
   *[other] { $count } tasks are overdue
}
mentorships-risk-returned = { $count ->
    [one] { $count } task is returned
   *[other] { $count } tasks are returned
}
mentorships-risk-quiet = No activity for { $count } weekdays
mentorships-risk-over = { $count ->
    [one] { $count } day past its end
   *[other] { $count } days past its end
}
mentorships-risk-waiting = { $count ->
    [one] { $count } task waits for review
   *[other] { $count } tasks wait for review
}
mentorships-risk-all-done = All required tasks done
mentorships-risk-before = About to start
mentorships-risk-fine = Going well
mentorships-risk-proposed = Not started
mentorships-risk-paused = Paused
mentorships-risk-completed = Completed
mentorships-risk-ended = Ended early
