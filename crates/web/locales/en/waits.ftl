# What a task waits for

waits-for = After { $titles }
waits-locked = Locked
waits-title = Other tasks come first
waits-text = You can start it once these are done.
waits-guide = The mentee can start it once these are done. You may start it before.
