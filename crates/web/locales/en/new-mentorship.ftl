# Starting a mentorship

new-mentorship-search = Find by name or employee number
new-mentorship-near = Same team
new-mentorship-no-department = No department
new-mentorship-hired = hired { $date }
new-mentorship-free = no mentor
new-mentorship-chosen = chosen
new-mentorship-nobody = No mentee waits for a mentor.
new-mentorship-nobody-found = No mentee without a mentor matches “{ $search }”.
new-mentorship-mentor-placeholder = Find a mentor
new-mentorship-mentor-self = Left empty, you are the mentor.
new-mentorship-curricula = Curricula
new-mentorship-curriculum = { $weeks } weeks · { $tasks } tasks · v{ $version }
new-mentorship-has-draft = has an unpublished draft
new-mentorship-everybody = Everybody
new-mentorship-no-curricula = No curriculum is published.
new-mentorship-open-curricula = See curricula
new-mentorship-start = First day
new-mentorship-title = Title
new-mentorship-preview = Preview
new-mentorship-submit = Start the mentorship
new-mentorship-after = Starting makes the dated tasks, and they appear on the mentee’s home.
new-mentorship-done = The mentorship of { $name } has started
new-mentorship-already = { $name } is in a mentorship already. Choose another mentee.

new-mentorship-pick-mentee = Choose a mentee.
new-mentorship-pick-mentor = Choose one of the mentors found.
new-mentorship-pick-curriculum = Choose at least one curriculum.
new-mentorship-pick-day = Choose the first day.

new-mentorship-plan = Preview of the plan
new-mentorship-empty-title = No plan to show yet
new-mentorship-empty-text-mentor = Choose a mentee, a mentor and a curriculum, and every task is drawn here with its dates.
new-mentorship-empty-text = Choose a mentee and a curriculum, and every task is drawn here with its dates.
new-mentorship-tasks = Tasks
new-mentorship-days = Working days
new-mentorship-off = { $count ->
    [one] steps around { $count } day off
   *[other] steps around { $count } days off
}
new-mentorship-holiday = Day off
new-mentorship-week = Week { $week }
new-mentorship-week-short = Wk { $week }
new-mentorship-month-day = { $month }/{ $day }
new-mentorship-rest = { $count ->
    [one] { $count } more task
   *[other] { $count } more tasks
}
new-mentorship-empty-week = No tasks in this week
new-mentorship-load = { $count ->
    [one] The mentor has { $count } other mentorship in this time.
   *[other] The mentor has { $count } other mentorships in this time.
}
new-mentorship-load-limit = { $count ->
    [one] The mentor has { $count } other mentorship in this time, and takes { $capacity } at once.
   *[other] The mentor has { $count } other mentorships in this time, and takes { $capacity } at once.
}
new-mentorship-load-now = { $count ->
    [one] { $count } mentorship
   *[other] { $count } mentorships
}
new-mentorship-load-of = { $count } of { $capacity } mentorships
new-mentorship-away-until = away until { $date }
new-mentorship-propose = Ask the mentor first
new-mentorship-propose-text = Nothing starts yet: the mentor is asked, and the tasks are made when the mentor accepts.
new-mentorship-note = A word to the mentor
new-mentorship-propose-submit = Propose to the mentor
new-mentorship-proposed = Proposed to { $name }
new-mentorship-warning-already-proposed = A proposal for this mentee is waiting for its answer already.
new-mentorship-warning-mentor-overloaded = This mentor has as many mentorships as they take at once.
new-mentorship-warning-mentor-away = { $count ->
    [one] { $count } task needs the mentor while the mentor is away.
   *[other] { $count } tasks need the mentor while the mentor is away.
}
new-mentorship-warning-mentee-invited = This mentee has not answered the invitation yet. The plan is there at the first sign-in.
new-mentorship-warning-already-mentored = This mentee is in a mentorship already, so this one can’t start.
new-mentorship-warning-starts-in-past = The first day has passed. Tasks of the past begin overdue.
new-mentorship-warning-starts-on-day-off = The first day is a day off. The first task starts on the next working day.
new-mentorship-warning-holidays-unknown = Holidays of this time are not known yet and may be missing.
