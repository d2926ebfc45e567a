# Accepting an invitation

invitation-title = Invitation
invitation-heading = Welcome, { $name }
invitation-lead = { $company } has invited you. Set the password you will sign in with.
invitation-lead-alone = You are invited to Naru. Set the password you will sign in with.
invitation-password = Your new password
invitation-action = Get started
invitation-ask-heading = Your invitation
invitation-ask-lead = Opening the link in the mail fills this in. If it did not, paste the link here.
invitation-ask-action = Show the invitation
invitation-have-password = Have you set a password already?
invitation-welcome = Welcome to Naru, { $name }!
