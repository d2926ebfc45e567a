# Links from mails

link-token = The link in your mail
link-token-hint = Paste the whole link.
link-over-title = This link no longer works
link-over-invitation = An invitation works once, within 72 hours. If you have set your password, sign in. If not, ask an admin of your company to invite you again.
link-over-reset = A password link works once, within an hour. Ask for a new one.
link-over-again = Get a new link
link-over-sign-in = Go to sign-in
