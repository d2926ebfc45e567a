# Layout, parts and scripts: the words every page needs.

## The shell

shell-product = Naru
shell-skip = Skip to content
shell-sidebar = Sidebar
shell-main-menu = Main
shell-collapse = Collapse menu
shell-crumbs = Breadcrumb
shell-search = Search
shell-search-hint = Find people, tasks, documents
shell-search-words = Search words
shell-search-placeholder = Name, task, document
shell-notifications = Notifications
shell-notifications-unread = { $count ->
    [one] { $count } unread notification
   *[other] { $count } unread notifications
}
shell-my-menu = My menu
shell-profile = Profile
shell-theme-light = Light
shell-theme-dark = Dark
shell-theme-system = Follow system
shell-other-language = 한국어
shell-sign-out = Sign out
shell-offline = You are offline. What you write is kept on this device and saved once you are back.
shell-about = About Naru
shell-motto =
    Naru, the landing
    where you come aboard
shell-motto-below = One thing at a time, starting with today.
shell-loading = Loading
shell-progress = { $percent } percent done
shell-optional = optional
shell-pages = Pages
shell-previous = Previous
shell-next = Next
shell-cancel = Cancel
shell-close = Close
shell-save = Save
shell-more = More

## Navigation

nav-home = Home
nav-board = Board
nav-plan = Plan
nav-documents = Documents
nav-chat = Chat
nav-assistant = Assistant
nav-forms = Forms
nav-review = Review
nav-mentees = Mentees
nav-curricula = Curricula
nav-organisation = Organisation
nav-mentorships = Mentorships
nav-analytics = Analytics
nav-company = Company
nav-audit = Audit log
nav-settings = Settings
nav-companies = Companies
nav-health = Health
nav-jobs = Jobs

## Words of the domain

status-todo = To do
status-in-progress = In progress
status-submitted = In review
status-returned = Returned
status-done = Done
status-skipped = Skipped

priority-label = Priority
priority-high = high
priority-medium = medium
priority-low = low

kind-task = Task
kind-reading = Reading
kind-form = Form
kind-meeting = Meeting

owner-mentee = Mentee
owner-mentor = Mentor
owner-admin = Admin

role-operator = Operator
role-admin = Admin
role-mentor = Mentor
role-mentee = Mentee

mentorship-proposed = Proposed
mentorship-active = Active
mentorship-paused = Paused
mentorship-completed = Completed
mentorship-ended = Ended

curriculum-draft = Draft
curriculum-published = Published
curriculum-archived = Archived

user-invited = Invited
user-active = Active
user-suspended = Suspended

## What scripts say (%n is a number the script puts in)

script-undo = Undo
script-network = The server could not be reached. Check your connection and try again.
script-failed = Something went wrong. Try again in a moment.
script-copied = Copied
script-signed-out = You are signed out. Sign in again.
script-forbidden = You may not do this.
script-gone = This no longer exists. Reload the page.
script-conflict = Somebody changed this meanwhile. Reload the page.
script-busy = Too many requests. Try again in a moment.
script-not-moved = It could not be moved, so it is back where it was.
script-not-allowed = It can’t be moved there.
script-results = Results: %n
script-no-results = Nothing found
script-link = link
script-save-saving = Saving
script-save-saved = Saved just now
script-save-offline = Offline: kept on this device
script-save-restored = Restored what was kept on this device
script-save-conflict = It was changed elsewhere. Your text is kept on this device.
script-save-failed = Not saved: kept on this device
script-save-take = Use the kept text

## Problems

problem-request = Quote this when you ask for help:
problem-fields = { $count ->
    [one] Please correct one field.
   *[other] Please correct { $count } fields.
}
problem-not-found-title = There is nothing here
problem-not-found-text = The address may have changed, or it may not be for you to see.
problem-not-found-action = Go home
problem-forbidden-title = You may not see this
problem-forbidden-text = If you need it, ask an admin of your company.
problem-forbidden-action = Go home
problem-conflict-title = This changed meanwhile
problem-conflict-text = Somebody else was first. Look at what is there now and try again.
problem-conflict-action = See what is there now
problem-busy-title = One moment
problem-busy-text = Too many requests in a short time. Try again a little later.
problem-busy-action = Try again
problem-unavailable-title = The server is resting for a moment
problem-unavailable-text = It will be back soon. You are still signed in and nothing is lost.
problem-unavailable-action = Try again
problem-failed-title = Something went wrong
problem-failed-text = It is our fault. Try again in a moment; if it happens again, quote the number below.
problem-failed-action = Try again
