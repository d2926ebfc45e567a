# One's calendar as an address

calendar-title = Calendar subscription
calendar-lead = See your 1:1s and due dates in the calendar you use.
calendar-link = See 1:1s and due dates in Google, Apple or Outlook
calendar-address = Your calendar’s address
calendar-once = This address is shown only now. Whoever has it sees your dates, so keep it to yourself.
calendar-copy = Copy
calendar-how-google = Google Calendar: Other calendars → From URL
calendar-how-apple = Apple Calendar: File → New Calendar Subscription
calendar-how-outlook = Outlook: Add calendar → Subscribe from web
calendar-off-title = There is no address yet
calendar-off-text = Make an address that only you know and add it to your calendar: your 1:1s and due dates follow every change.
calendar-make = Make an address
calendar-on-title = You have an address
calendar-on-text = Made { $date }. It is not shown again, to keep it safe. If you lost it, make a new one.
calendar-renew = Make a new address
calendar-renew-text = The present one stops working at once, and your calendar needs the new one.
calendar-end = Stop the subscription
calendar-end-text = The address goes. What your calendar holds of it no longer changes.
calendar-ended = Subscription stopped
