# The mentee's home

home-welcome = Welcome, { $name }
home-empty-title = No plan yet
home-empty-text = Once your mentor starts a mentorship, its dated tasks gather here.
home-starts = Your first day is { $date }. Feel free to look around.
home-greeting = { $weekday } of week { $week }, { $name }
home-days-left = { $days ->
    [one] { $days } day to go.
   *[other] { $days } days to go.
 }
home-last-day = Today is the last day.
home-days-over = { $days ->
    [one] The last day was yesterday.
   *[other] The last day was { $days } days ago.
}
home-week-left = { $count ->
    [one] One task left to finish this week.
   *[other] { $count } tasks left to finish this week.
}
home-week-clear = Nothing left to finish this week.
home-river = Progress by week
home-week = Week { $week }
home-now = Do this now
home-subtasks = { $done } of { $all } sub-tasks
home-start = Start
home-continue = Continue
home-overdue = Overdue
home-returned = { $mentor } returned it: “{ $comment }”
home-this-week = This week
home-open-board = Open board
home-waiting = Waiting for review
home-submitted = Handed in { $when }
home-all-waiting-title = Your turn to wait
home-all-waiting-text = { $mentor } is looking at what you handed in.
home-summary = Summary
home-left = Left
home-my-mentor = Your mentor
home-complete-heading = Well done, { $name }
home-complete-title = You are across
home-complete-text = { $tasks } tasks in { $weeks } weeks. Everything you did stays here.
home-ended-heading = This mentorship has ended
home-ended-text = It ended before its time. What you did can still be read.
