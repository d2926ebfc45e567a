# The list of curricula, and what is done with a whole one

curricula-title = Curricula
curricula-lead = A mentorship’s plan is made from a published curriculum.
curricula-search = Name of a curriculum
curricula-find = Find
curricula-new = New curriculum
curricula-new-lead = Start with the name. Weeks and tasks come on the next page.
curricula-new-action = Create
curricula-edit = Edit name and description
curricula-name = Name
curricula-description = Description
curricula-department = Department
curricula-department-hint = A common one is shared by all mentors of the company.
curricula-common = Common
curricula-common-all = Common (whole company)
curricula-state = State
curricula-state-all = Any state
curricula-version = Version
curricula-no-version = None yet
curricula-changed = · changed since
curricula-weeks = Weeks
curricula-tasks = Tasks
curricula-size = { $weeks ->
    [one] { $weeks } week
   *[other] { $weeks } weeks
} · { $tasks ->
    [one] { $tasks } task
   *[other] { $tasks } tasks
}
curricula-in-use = Mentorships
curricula-updated = Changed
curricula-menu = Menu of { $title }
curricula-open = Open
curricula-copy = Make a copy
curricula-export = Export as YAML
curricula-export-csv = Export as CSV
curricula-copy-to = Copy to a department
curricula-copy-lead = All weeks and tasks of { $title } are copied. Choose where the copy belongs.
curricula-archive = Archive
curricula-unarchive = Take out of the archive
curricula-delete = Delete
curricula-empty-title = No curriculum yet
curricula-empty-text = Say once what each week holds, and every mentee gets a plan with dates.
curricula-empty-reader = What mentors and admins create will be here.
curricula-none-title = No such curriculum
curricula-none-text = Try other words or another state.
curricula-all = Show all
curricula-made = { $title } is created.
curricula-saved = { $title } is saved.
curricula-copied = { $title } is created.
curricula-archived-now = { $title } is archived.
curricula-unarchived-now = { $title } is out of the archive.
curricula-deleted = The curriculum is deleted.
curricula-delete-title = Delete { $title }?
curricula-delete-text = Its { $weeks ->
    [one] { $weeks } week
   *[other] { $weeks } weeks
} and { $tasks ->
    [one] { $tasks } task
   *[other] { $tasks } tasks
} go with it. This can’t be undone.
curricula-delete-published = It was published before, so it can’t be deleted. It can be archived instead.
curricula-delete-action = Delete
curricula-import = Import a file
curricula-import-lead = Makes a new curriculum from an exported YAML or CSV file.
curricula-import-file = YAML or CSV file
curricula-import-hint = It becomes a common draft. You can change its department later.
curricula-import-choose = Choose a file.
curricula-import-action = Import
curricula-import-refused = { $name } needs corrections, so nothing was imported.
curricula-import-faults = { $count ->
    [one] { $count } thing to correct
   *[other] { $count } things to correct
}
curricula-import-line = Line
curricula-import-place = Place
curricula-import-fault = What is wrong
