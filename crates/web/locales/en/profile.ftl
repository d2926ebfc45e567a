# One's own account

profile-title = My account
profile-lead = What is known about you, and how you sign in.
profile-facts = About you
profile-facts-note = An admin of your company can change name, e-mail and department.
profile-company = Company
profile-department = Department
profile-position = Position
profile-roles = Roles
profile-time-zone = Time zone
profile-display = Display
profile-language = Language
profile-language-ko = 한국어
profile-language-en = English
profile-theme = Theme
profile-password = Password
profile-password-note = Changing it signs you out everywhere but here.
profile-password-current = Current password
profile-password-new = New password
profile-password-action = Change password
profile-password-changed = Your password is changed. Every other device is signed out.
profile-devices = Devices
profile-devices-note = If you do not know one, sign it out and change your password.
profile-device-unknown = An unknown program
profile-device-since = signed in
profile-device-used = last used
profile-device-this = This device
profile-device-end = Sign out
profile-device-ended = That device is signed out.
profile-others-end = Sign out all others
profile-others-text = { $count ->
    [one] One other device will be signed out. Unsaved texts stay on it.
   *[other] { $count } other devices will be signed out. Unsaved texts stay on them.
}
profile-others-action = Sign them out
profile-others-ended = All other devices are signed out.
