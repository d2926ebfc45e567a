# What is worth a word about a task

flag-over = Past its end
flag-quiet = { $count ->
    [one] Quiet for { $count } working day
   *[other] Quiet for { $count } working days
}
flag-waiting = { $count ->
    [one] Waiting for { $count } working day
   *[other] Waiting for { $count } working days
}
flag-overdue = { $count ->
    [0] Past due
    [one] { $count } working day late
   *[other] { $count } working days late
}
flag-returned = { $count ->
    [one] Returned once
   *[other] Returned { $count } times
}
flag-due-today = Due today
flag-due-soon = { $count ->
    [0] Due before the next working day
    [one] { $count } working day left
   *[other] { $count } working days left
}
