# A person as a mentor: capacity and absences

mentoring-title = Mentoring
mentoring-title-of = Mentoring of { $name }
mentoring-load = { $count ->
    [one] One mentorship now.
   *[other] { $count } mentorships now.
}
mentoring-load-of = { $count ->
    [one] One mentorship now, at most { $capacity } at once.
   *[other] { $count } mentorships now, at most { $capacity } at once.
}
mentoring-over = { $count } more than agreed.
mentoring-capacity = Capacity
mentoring-capacity-label = Mentorships at once
mentoring-capacity-company = If empty, the company's limit of { $capacity } applies.
mentoring-capacity-none = Left empty, there is no limit.
mentoring-saved = Saved
mentoring-absences = Days away
mentoring-absences-text = Previews then name the tasks that need the mentor in these days.
mentoring-no-absences = No days away are noted.
mentoring-absence-tasks = { $count ->
    [one] One task needs the mentor
   *[other] { $count } tasks need the mentor
}
mentoring-remove = Remove the days away from { $date }
mentoring-removed = Removed
mentoring-from = First day
mentoring-to = Last day
mentoring-reason = Reason
mentoring-reason-hint = Only you and admins can read it.
mentoring-add = Add
mentoring-added = The days away are noted
mentoring-added-tasks = The days away are noted. Tasks that need the mentor then: { $count }
