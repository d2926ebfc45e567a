# A new password by a link

reset-title = A new password
reset-lead = Setting it signs you out on every device.
reset-password = New password
reset-action = Change password
