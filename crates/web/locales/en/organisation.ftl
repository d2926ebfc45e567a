# Departments and people

organisation-summary = { $departments ->
    [one] one department
   *[other] { $departments } departments
}, { $people ->
    [one] one person
   *[other] { $people } people
}
organisation-edit-department = Edit department
organisation-export = Export
organisation-export-csv = Download CSV
organisation-export-xlsx = Download Excel (XLSX)
organisation-import = Import
organisation-add = Add a person
organisation-departments = Departments
organisation-below = Departments below { $name }
organisation-add-department = Add a department
organisation-people = People
organisation-find = Find people
organisation-find-by = Name, initials, number, e-mail
organisation-department = Department
organisation-any-department = Every department
organisation-role = Role
organisation-any-role = Every role
organisation-status = State
organisation-any-status = Every state
organisation-name = Name
organisation-employee-number = Number
organisation-hired-on = Hired
organisation-last-login = Last sign-in
organisation-never = Never
organisation-pick-all = Pick all
organisation-pick = Pick { $name }
organisation-pick-none = Pick none
organisation-picked = Picked
organisation-with-picked = With the people picked
organisation-move-to = To department
organisation-move = Move
organisation-suspend = Suspend
organisation-activate = Activate
organisation-found = { $count ->
    [one] One person for “{ $search }”
   *[other] { $count } people for “{ $search }”
}
organisation-count = { $count ->
    [one] One person
   *[other] { $count } people
}
organisation-none-title = Nobody found
organisation-none-text = Try another word, or clear the filters.
organisation-clear = Clear filters
organisation-empty-department-title = Nobody is in this department yet
organisation-empty-department-text = Add somebody, or move people here from another department.
organisation-empty-title = Nobody is here yet
organisation-empty-text = Import everybody from a file, or add people one by one with the button above.
organisation-empty-read = People show here once an admin of your company adds them.

## What happened

organisation-nobody-picked = Pick somebody first.
organisation-no-department-picked = Choose the department to move them to.
organisation-moved = { $count ->
    [one] One person moved
   *[other] { $count } people moved
}
organisation-suspended = { $count ->
    [one] One person suspended. They can no longer sign in.
   *[other] { $count } people suspended. They can no longer sign in.
}
organisation-activated = { $count ->
    [one] One person can sign in again
   *[other] { $count } people can sign in again
}
organisation-undone = Taken back
organisation-in-use = It can't be deleted while it is used: { $things }
organisation-in-use-people = { $count ->
    [one] one person
   *[other] { $count } people
}
organisation-in-use-departments = { $count ->
    [one] one department below
   *[other] { $count } departments below
}
organisation-in-use-curricula = { $count ->
    [one] 1 curriculum
   *[other] { $count } curricula
}
organisation-in-use-mentorships = { $count ->
    [one] one mentorship
   *[other] { $count } mentorships
}
organisation-in-use-tasks = { $count ->
    [one] one task
   *[other] { $count } tasks
}
organisation-in-use-events = { $count ->
    [one] one entry in the history of tasks
   *[other] { $count } entries in the history of tasks
}
organisation-in-use-memos = { $count ->
    [one] one memo
   *[other] { $count } memos
}
