# Analytics

analytics-lead = { $count ->
    [one] { $count } mentorship
   *[other] { $count } mentorships
} started from { $first } to { $last }
analytics-lead-own = { $count ->
    [one] { $count } mentorship
   *[other] { $count } mentorships
} of yours started from { $first } to { $last }
analytics-period = Period
analytics-period-month = 4 weeks
analytics-period-quarter = 12 weeks
analytics-period-year = 1 year
analytics-from-label = From
analytics-to-label = To
analytics-department = Department
analytics-any-department = All departments
analytics-curriculum = Curriculum
analytics-any-curriculum = All curricula
analytics-apply = Show
analytics-open-curriculum = Tasks of this curriculum
analytics-export = Export
analytics-as-table = Show as a table
analytics-table-departments = By department
analytics-table-mentors = By mentor
analytics-table-start-months = By month of start
analytics-table-hired-months = By month of hiring
analytics-table-funnel = How far people got
analytics-table-reviews = Review times
analytics-table-tasks = By task

analytics-empty-title = No mentorship started in this period
analytics-empty-text = Choose a longer period, or come back once mentorships are running.
analytics-none-title = No mentorship fits
analytics-none-text = Try another department or curriculum.
analytics-clear = Clear filters

analytics-key-progress = Progress
analytics-key-tasks = { $done } of { $required } required tasks
analytics-key-on-time = On time
analytics-key-due = { $count ->
    [one] of { $count } task done or due
   *[other] of { $count } tasks done or due
}
analytics-key-overdue = Overdue tasks
analytics-key-overdue-note = Still open past their day
analytics-key-waiting = Waiting for review
analytics-key-waiting-note = For a mentor's answer

analytics-review-title = Time to review
analytics-review-faster = Mentors answer faster than at the beginning of the period.
analytics-review-slower = Mentors answer more slowly than at the beginning of the period.
analytics-review-steady = Mentors take about as long as ever.
analytics-review-none = Nothing was reviewed in this period.
analytics-review-label = Median review time in each part of the period
analytics-reviews = { $count ->
    [one] { $count } review
   *[other] { $count } reviews
}
analytics-reviews-head = Reviews
analytics-median = Median
analytics-median-hours = Median (hours)
analytics-from = From { $date }
analytics-day = { $month }/{ $day }
analytics-minutes = { $value } min
analytics-hours = { $value } h
analytics-days = { $value } d
analytics-unit-hours = { " " }h
analytics-unit-days = { " " }d

analytics-funnel-title = How far people got
analytics-funnel-text = { $finished } of { $count } made it to the end.
analytics-step = Step
analytics-step-started = Started
analytics-step-signed-in = First sign-in
analytics-step-begun = First task done
analytics-step-half = Half done
analytics-step-finished = All done
analytics-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
analytics-people-head = People
analytics-share = Share

analytics-punctual-title = Tasks on time
analytics-punctual-behind = { $count ->
    [one] One department is more than 10 points behind the company.
   *[other] { $count } departments are more than 10 points behind the company.
}
analytics-punctual-even = No department is far behind.
analytics-punctual-none = No task has been due yet.
analytics-goal = All { $percent }%

analytics-progress-title = Progress
analytics-by = Group by
analytics-by-department = Department
analytics-by-mentor = Mentor
analytics-by-start = Started in
analytics-by-hired = Hired in
analytics-unnamed-department = No department
analytics-unnamed-mentor = No mentor
analytics-unnamed-start = No day
analytics-unnamed-hired = No hiring day
analytics-month = { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[other] Dec
} { $year }
analytics-mentorships = { $count ->
    [one] { $count } mentorship
   *[other] { $count } mentorships
}
analytics-mentorships-head = Mentorships
analytics-finished-head = All done
analytics-progress-head = Progress
analytics-on-time-head = On time
analytics-overdue-head = Overdue
analytics-waiting-head = In review

analytics-slow-title = Tasks that hold people up
analytics-slow-order = Most often sent back or late first
analytics-returned = Sent back
analytics-late = Late by
analytics-week = Week { $week }

analytics-curriculum-lead = Time per task in mentorships started from { $first } to { $last }
analytics-curriculum-empty-title = No mentorship with this curriculum started in this period
analytics-curriculum-empty-text = Try another period or department.
analytics-version = Version { $number }
analytics-task = Task
analytics-times = Time (median)
analytics-part-wait = Until begun
analytics-part-work = Until handed in
analytics-part-review = Review
analytics-skipped = Skipped
