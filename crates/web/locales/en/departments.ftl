# One department

departments-new = New department
departments-summary = { $people ->
    [one] One person
   *[other] { $people } people
} directly in it, { $below ->
    [one] one department below
   *[other] { $below } departments below
}
departments-name = Name
departments-parent = In department
departments-top = None (top)
departments-description = Description
departments-delete = Delete department
departments-delete-text = It is empty and can be deleted. This can't be undone.
departments-not-empty = It can't be deleted: people in it { $people }, departments below { $below }. Move them first.
departments-see-people = See its people
departments-added = { $name } added
departments-saved = Department saved
departments-deleted = Department deleted
