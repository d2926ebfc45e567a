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
mentorships-tab-proposed = Proposed
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

mentorships-risk-all-done = All required tasks done
mentorships-risk-before = About to start
mentorships-risk-fine = Going well
mentorships-risk-proposed = Not started
mentorships-risk-paused = Paused
mentorships-risk-completed = Completed
mentorships-risk-ended = Ended early
mentorships-risk-overdue = { $tasks ->
    [one] { $tasks } task overdue
   *[other] { $tasks } tasks overdue
}, by up to { $count ->
    [one] { $count } working day
   *[other] { $count } working days
}
mentorships-risk-returned = A task was returned { $count ->
    [one] once
   *[other] { $count } times
}
mentorships-risk-quiet = No activity for { $count ->
    [one] { $count } working day
   *[other] { $count } working days
}
mentorships-risk-over = { $count ->
    [0] Past its end
    [one] { $count } working day past its end
   *[other] { $count } working days past its end
}
mentorships-risk-waiting = Waiting for a review for { $count ->
    [one] { $count } working day
   *[other] { $count } working days
}
mentorships-risk-submitted = { $count ->
    [one] { $count } task waits for review
   *[other] { $count } tasks wait for review
}

mentorships-pace-ahead = { $count ->
    [one] { $count } day ahead of plan
   *[other] { $count } days ahead of plan
}
mentorships-pace-on-time = On plan
mentorships-pace-late = { $count ->
    [one] { $count } day behind plan
   *[other] { $count } days behind plan
}

## Filters and order

mentorships-risk = Filter by what needs a look
mentorships-risk-all = Worth a look: all
mentorships-by-risk-any = Anything to look at
mentorships-by-risk-over = Past its end
mentorships-by-risk-quiet = No activity
mentorships-by-risk-overdue = Tasks overdue
mentorships-by-risk-waiting = Reviews waiting
mentorships-by-risk-returned = Returned repeatedly
mentorships-department = Filter by department
mentorships-department-all = All departments
mentorships-sort = Order
mentorships-sort-name = By name
mentorships-sort-end-on = Ending first
mentorships-sort-start-on = Started first
mentorships-sort-mentor = By mentor
mentorships-one-mentor = One mentor only
mentorships-clear = Clear this filter
mentorships-none-here = No mentorship matches

## The company in figures

mentorships-overview = At a glance
mentorships-at-risk = Worth a look
mentorships-running = { $count } active
mentorships-loads = Mentorships per mentor
mentorships-loads-more = { $count ->
    [one] { $count } more mentor
   *[other] { $count } more mentors
}
mentorships-load = { $count }
mentorships-load-of = Mentorships of { $name }
mentorships-load-waiting = { $count } to review
mentorships-load-answers = usually answers within { $wait }
mentorships-load-no-answers = no reviews in the last 30 days
