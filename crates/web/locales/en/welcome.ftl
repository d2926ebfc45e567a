# An admin's first steps

welcome-title = First steps
welcome-heading = Welcome, { $name }
welcome-lead = Four steps to the first mentorship of { $company }.
welcome-all-done = Everything is ready.
welcome-done = Done
welcome-next = Next
welcome-step-departments = Add departments
welcome-about-departments = The places people belong to.
welcome-step-people = Import people
welcome-about-people = All at once from CSV or Excel, or one by one.
welcome-step-curriculum = Pick a curriculum
welcome-about-curriculum = Write one, or import it from a file.
welcome-step-mentorship = Start the first mentorship
welcome-about-mentorship = A mentor, a mentee and a first day.
