# The curriculum editor, once its script is awake

editor-view = View
editor-columns = Columns
editor-list = List
editor-undo = Undo
editor-redo = Redo
editor-lines = Lines
editor-insert-block = Insert a block
editor-keep-block = Keep as a block
editor-here = Here with you
editor-selection = Selected tasks
editor-to-week = Move to week
editor-duplicate = Duplicate
editor-delete = Delete
editor-clear = Clear the selection
editor-mine = Now
editor-theirs = Before
editor-keys = Space picks a card up, arrows move it, Space drops it. Alt+arrows move at once. F2 name, X select, Ctrl+D duplicate, Delete.
editor-items = { $n ->
    [one] { $n } task
   *[other] { $n } tasks
}
editor-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
editor-load = { $n ->
    [one] Load: { $n } day
   *[other] Load: { $n } days
}
editor-over = { $n ->
    [one] { $n } day over
   *[other] { $n } days over
}
editor-total-weeks = { $n ->
    [one] { $n } week
   *[other] { $n } weeks
}
editor-total-tasks = { $n ->
    [one] { $n } task
   *[other] { $n } tasks
}
editor-total-days = { $n ->
    [one] { $n } working day
   *[other] { $n } working days
}
editor-total-required = { $n } required
editor-week = Week { $week }
editor-note = What week { $week } is about
editor-add-title = Name of a new task in week { $week }
editor-rename = Rename { $title }
editor-card-menu = Menu of { $title }
editor-pick = Select { $title }
editor-first = First: { $title }
editor-week-grip = Move week { $week }
editor-week-menu = Menu of week { $week }
editor-moved = { $title }: week { $week }, { $place } of { $of }
editor-moved-many = { $n ->
    [one] { $n } task moved to week { $week }.
   *[other] { $n } tasks moved to week { $week }.
}
editor-held = { $title } picked up. Arrows move it, Space drops it, Escape cancels.
editor-dropped = { $title } dropped. Week { $week }, { $place } of { $of }
editor-put-back = { $title } put back. Week { $week }, { $place } of { $of }
editor-held-week = Week { $week } picked up. Arrows move it, Space drops it, Escape cancels.
editor-week-moved = Moved to place { $week } of { $n }.
editor-added = Added to week { $week }: { $title }
editor-undone = Undone: { $what }
editor-redone = Redone: { $what }
editor-changed-by = Changes by { $names } have come in.
editor-copy-of = { $title } (copy)
editor-removed = “{ $title }” is deleted.
editor-removed-many = { $n ->
    [one] { $n } task is deleted.
   *[other] { $n } tasks are deleted.
}
editor-selected = { $n } selected
editor-changed-many = { $n ->
    [one] { $n } task changed.
   *[other] { $n } tasks changed.
}
editor-week-duplicated = Duplicated as week { $week }.
editor-week-removed = { $n ->
    [one] Week { $week } is deleted, with { $n } task.
   *[other] Week { $week } is deleted, with { $n } tasks.
}
editor-mend = { $n ->
    [one] Week { $week } is { $n } day over. Moving “{ $title }” to week { $to } makes it fit.
   *[other] Week { $week } is { $n } days over. Moving “{ $title }” to week { $to } makes it fit.
}
editor-mend-none = { $n ->
    [one] Week { $week } is { $n } day over.
   *[other] Week { $week } is { $n } days over.
}
editor-mend-do = Move it
editor-common = Common
editor-block-of = { $n ->
    [one] { $n } task is kept under a name, to be put into other weeks and curricula.
   *[other] { $n } tasks and their order are kept under a name, to be put into other weeks and curricula.
}
editor-block-inserted = { $n ->
    [one] { $n } task of “{ $name }” is in.
   *[other] { $n } tasks of “{ $name }” are in.
}
editor-needed = Please fill this in.
editor-between = A number from { $least } to { $most }, please.
editor-circle = Not done, because they would wait for each other: { $titles }
editor-drop-first = Don’t wait for { $title }
editor-first-placeholder = Find a task by name
editor-panel = Edit task
editor-panel-gone = Somebody deleted the task you were looking at.
editor-panel-before = Previous task
editor-panel-after = Next task
editor-panel-duplicate = Duplicate
editor-panel-remove = Delete
editor-panel-close = Close
editor-starts-after-hint = Working days into the week
editor-duration-hint = Working days, first included
editor-card-edit = Edit details
editor-card-rename = Rename
editor-card-duplicate = Duplicate
editor-card-select = Select
editor-week-before = Insert a week before
editor-week-duplicate = Duplicate this week
editor-week-select = Select all of this week
editor-week-block = Insert a block here
editor-week-earlier = Move earlier
editor-week-later = Move later
editor-week-remove = Delete this week
editor-state-saving = Saving…
editor-state-saved = Saved
editor-state-offline = Offline, trying again
editor-state-failed = Not saved
editor-act-add = add
editor-act-change = edit
editor-act-move = move
editor-act-move-week = move a week
editor-act-remove = delete
editor-act-duplicate = duplicate
editor-act-note = week note
editor-act-add-week = insert a week
editor-act-remove-week = delete a week
editor-act-block = insert a block
editor-somebody = Somebody else
editor-empty = empty
editor-required = required
editor-optional = optional
editor-keep-mine = Keep mine
editor-understood = All right
editor-take-same-field = Take it back
editor-take-removed-changed = Put it back
editor-conflict-same-field = “{ $title }”, { $field }: { $by } changed it meanwhile, too. What was written last stands.
editor-conflict-task-removed = “{ $title }” was deleted by { $by }, so it was not changed.
editor-conflict-removed-changed = “{ $title }”, which you deleted, was changed by { $by } meanwhile.
editor-conflict-week-in-use = { $title }: somebody put something into it meanwhile, so it was not deleted.
editor-conflict-week-removed = { $title }: somebody deleted that week, so it was not changed.
editor-conflict-cycle = “{ $title }”: with what changed meanwhile these tasks would wait for each other, so it was left as it was.
editor-field-title = Name
editor-field-guideline = Guideline
editor-field-submission-form = Submission form
editor-field-priority = Priority
editor-field-starts-after = Starts after
editor-field-duration = Duration
editor-field-kind = Kind
editor-field-owner = Done by
editor-field-depends-on = Tasks that come first
editor-field-is-required = Required
editor-field-week = Week
editor-field-note = Week note
