# Companies, for operators

companies-title = Companies
companies-lead = Counts only: what is inside a company is for its people alone.
companies-search = Name or registration number
companies-new = New company
companies-new-lead = Its first admin is invited by mail.
companies-new-action = Create and invite
companies-empty-title = No company yet
companies-empty-text = Create one, and its first admin is invited by mail.
companies-none-title = No such company
companies-none-text = Nothing matches “{ $search }”.
companies-all = Show all
companies-name = Company name
companies-number = Business registration number
companies-number-hint = Ten digits; hyphens may be left out.
companies-locale = Language
companies-locale-hint = What new people see first.
companies-locale-ko = 한국어
companies-locale-en = English
companies-time-zone = Time zone
companies-time-zone-hint = It says when “today” is.
companies-admin = First admin
companies-admin-note = This person adds departments and people.
companies-family-name = Family name
companies-given-name = Given name
companies-admin-email = E-mail of the admin
companies-made = { $name } is there, and { $email } is invited.
companies-saved = { $name } is saved.
companies-people = People
companies-people-count = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
companies-departments = Departments
companies-mentorships = Active mentorships
companies-status = Status
companies-since = Since
companies-active = Active
companies-off = Suspended
companies-counts = Size
companies-counts-note = Invited people are counted, too.
companies-facts = Facts
companies-working-days = Working days
companies-working-days-error = Choose at least one day.
companies-suspend = Suspend
companies-suspend-text = All its people are signed out at once and can not sign in until it is resumed. Nothing is deleted.
companies-suspend-sure = { $count ->
    [one] Suspend { $name }? One person is signed out.
   *[other] Suspend { $name }? { $count } people are signed out.
}
companies-suspend-action = Suspend now
companies-suspended = { $name } is suspended.
companies-resume = Resume
companies-resume-text = Its people can sign in again at once.
companies-resumed = { $name } is back.
companies-delete = Delete
companies-delete-text = Nobody has used it yet, so it can be deleted. The invitation of its first admin goes with it.
companies-delete-sure = Delete { $name }? This can not be undone.
companies-delete-action = Delete it
companies-deleted = The company is deleted.
companies-delete-used = A company in use can not be deleted. Suspend it instead.
companies-mail-folder = No mail server is set, so the invitation lies as a file in this folder of the server:
companies-mail-unknown = The invitation goes by mail. Where no mail server (SMTP) is set, it lies as an .eml file in the mail folder of the data folder.
