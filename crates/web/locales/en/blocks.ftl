# Task blocks

blocks-title = Task blocks
blocks-lead = Tasks you use again and again, kept with their order, ready for any curriculum.
blocks-into = Choose the block to put into { $title }.
blocks-keep = Keep as a block
blocks-keep-lead = Tick the tasks of { $title } that you will use again. What they wait for among themselves is kept.
blocks-keep-tasks = Tasks
blocks-name = Name of the block
blocks-department = Belongs to
blocks-week = Into week
blocks-insert = Insert
blocks-rename = Rename
blocks-delete = Delete
blocks-delete-text = Only the block goes. Tasks that were inserted from it stay.
blocks-size = { $weeks ->
    [one] { $weeks } week
   *[other] { $weeks } weeks
} · { $tasks ->
    [one] { $tasks } task
   *[other] { $tasks } tasks
}
blocks-by = by { $name }
blocks-manage = Manage blocks
blocks-again = Try again
blocks-empty-title = No blocks yet
blocks-empty-text = Select a few tasks in the editor, then choose “Keep as a block”.
blocks-kept = The block “{ $name }” is kept.
blocks-renamed = It is called “{ $name }” now.
blocks-deleted = The block “{ $name }” is deleted.
blocks-inserted = The block “{ $name }” was inserted.
