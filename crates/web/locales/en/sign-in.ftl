# Signing in

sign-in-title = Sign in
sign-in-heading = Welcome back
sign-in-lead = Sign in with your work e-mail.
sign-in-email = E-mail
sign-in-password = Password
sign-in-action = Sign in
sign-in-first-time = First time here? Set your password first, with the link in your invitation.
sign-in-wrong = The e-mail or the password is wrong.
sign-in-wait = { $minutes ->
    [one] Too many attempts. Try again in a minute.
   *[other] Too many attempts. Try again in { $minutes } minutes.
}
sign-in-demo = Look around
sign-in-demo-as = Enter as { $name }, { $role }
sign-in-forgot = Forgot your password?
sign-in-reset = Your password is changed. Sign in with the new one.
