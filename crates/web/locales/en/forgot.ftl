# A forgotten password

forgot-title = Forgot your password?
forgot-lead = Tell us the e-mail you sign in with. We will send a link to set a new password.
forgot-action = Send the link
forgot-sent-title = Check your mail
forgot-sent-text = If { $email } is known here, a link is on its way. It works for an hour.
forgot-sent-none = If nothing arrives, look into your spam folder or ask an admin of your company.
forgot-again = Try another address
