# One curriculum: weeks, tasks, versions

curriculum-never-published = Not published yet
curriculum-version-used = { $version } is in use
curriculum-version-latest = Published up to { $version }
curriculum-changed = changed since
curriculum-unchanged = nothing changed
curriculum-saved-at = Saved ·
curriculum-archived-text = This curriculum is archived: no new mentorship uses it, and it must leave the archive to be edited.
curriculum-read-only = You can read it, not change it. A copy would be yours to change.
curriculum-stale = Somebody else changed it meanwhile, so this was not saved. What you typed is still here: look at the new content below and save again.
curriculum-stale-form = Somebody else changed this curriculum meanwhile, so this was not saved. What you typed is still here. Saving again keeps your words.
curriculum-stale-publish = Somebody else changed the draft meanwhile. Look at it again before you publish.
curriculum-stale-reload = See the new content
curriculum-total-weeks = { $count ->
    [one] { $count } week
   *[other] { $count } weeks
}
curriculum-total-tasks = { $count ->
    [one] { $count } task
   *[other] { $count } tasks
}
curriculum-total-days = { $count ->
    [one] { $count } working day
   *[other] { $count } working days
}
curriculum-total-required = { $count } required
curriculum-load-note = A bar is a week’s load. The dotted line is five working days.
curriculum-over-week = Week { $week } is { $days ->
    [one] { $days } day
   *[other] { $days } days
} over
curriculum-load = Load: { $count ->
    [one] { $count } day
   *[other] { $count } days
}
curriculum-week = Week { $week }
curriculum-week-count = { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} · { $days ->
    [one] { $days } day
   *[other] { $days } days
}
curriculum-week-add = Add a week
curriculum-week-remove = Remove this week
curriculum-note = What week { $week } is about
curriculum-note-add = Say what this week is about
curriculum-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
curriculum-first = First: { $title }
curriculum-optional = optional
curriculum-add = Add
curriculum-add-title = Name of a new task in week { $week }
curriculum-add-placeholder = Name of the task
curriculum-card-menu = Menu of { $title }
curriculum-card-edit = Edit
curriculum-move-up = Up
curriculum-move-down = Down
curriculum-move-earlier = To the week before
curriculum-move-later = To the next week
curriculum-empty-title = No tasks yet
curriculum-empty-text = Tasks will be here, week by week.
curriculum-publish = Publish
curriculum-publish-as = Publish { $version }
curriculum-publish-title = Publish { $version }?
curriculum-publish-text = New mentorships will start with this content.
curriculum-publish-in-use = { $count ->
    [one] { $count } running mentorship keeps its version.
   *[other] { $count } running mentorships keep their version.
}
curriculum-publish-note = What has changed
curriculum-publish-empty = It needs at least one task to be published.
curriculum-publish-unchanged = Nothing has changed since the last version.
curriculum-published-now = { $version } is published.
curriculum-versions = Versions
curriculum-versions-empty-title = No version yet
curriculum-versions-empty-text = Each time you publish the draft, a version comes here.
curriculum-to-draft = See the draft
curriculum-version-note = Changes
curriculum-version-who = Published by
curriculum-version-when = Published
curriculum-version-fixed = A published version never changes
curriculum-task = Task
curriculum-task-lead = Saving changes the draft. Running mentorships stay as they are.
curriculum-task-title = Name of the task
curriculum-task-kind = Kind
curriculum-task-owner = Done by
curriculum-task-week = Week
curriculum-task-starts-after = Starts after
curriculum-task-starts-after-hint = Days from the first working day of the week. 0 is that day.
curriculum-task-duration = Duration
curriculum-task-duration-hint = In working days, the first one counted.
curriculum-task-required = Required
curriculum-task-required-hint = Otherwise it doesn’t count for the progress.
curriculum-task-required-yes = yes
curriculum-task-first = Tasks that come first
curriculum-task-guideline = Guideline
curriculum-task-guideline-hint = What to do and how. Markdown works here.
curriculum-task-submission = Submission form
curriculum-task-submission-hint = What the mentee fills in. Markdown works here.
curriculum-task-saved = { $title } is saved.
curriculum-task-gone = Somebody else deleted this task meanwhile. What you typed is still here. Saving again brings the task back.
curriculum-task-delete = Delete task
curriculum-task-delete-text = Its guideline and submission form leave the draft. Published versions stay as they are.
curriculum-task-delete-waiting = { $count ->
    [one] { $count } task that waits for it
   *[other] { $count } tasks that wait for it
} will no longer wait.
curriculum-task-delete-action = Delete
curriculum-task-deleted = { $title } is deleted.
field-task-cycle = These tasks wait for each other: { $tasks }
