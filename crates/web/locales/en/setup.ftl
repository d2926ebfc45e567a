# The first run

setup-title = Set-up
setup-step-operator = Operator
setup-step-company = Company
setup-step-ready = Invitation
setup-heading = Let us begin
setup-lead = First, an account for the operator of this installation. Operators make companies and watch over it; they do not see what is inside a company.
setup-token = One-time token
setup-token-hint = The server printed it when it started: operator token
setup-action = Next: a company
setup-company-heading = The first company
setup-company-lead = Its first admin is invited by mail, and takes it from there.
setup-later = Later
setup-done-heading = The invitation is on its way
setup-done-text = The first admin of { $company } is invited. The link works once, within 72 hours.
setup-done-next = Once the admin has a password, the first steps are shown: departments, people, a curriculum, the first mentorship.
setup-done-companies = See the companies
setup-done-installation = See the installation
