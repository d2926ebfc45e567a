# Days and moments

dday-late = { $days }d late
dday-today = Today
dday-left = { $days }d left
date-today = today
date-tomorrow = tomorrow
date-yesterday = yesterday
date-short = { $weekday }, { $month } { $day }
date-exact = { $weekday }, { $month } { $day }, { $year }
date-range-day = { $month } { $day }
date-range-month = { $month } { $day }–{ $last-day }
date-range = { $month } { $day }–{ $last-month } { $last-day }
date-am = { $hour }:{ $minute } am
date-pm = { $hour }:{ $minute } pm
date-just-now = just now
date-minutes-ago = { $count ->
    [one] a minute ago
   *[other] { $count } minutes ago
}
date-hours-ago = { $count ->
    [one] an hour ago
   *[other] { $count } hours ago
}
date-days-ago = { $count ->
    [one] yesterday
   *[other] { $count } days ago
}
date-weekday-1 = Mon
date-weekday-2 = Tue
date-weekday-3 = Wed
date-weekday-4 = Thu
date-weekday-5 = Fri
date-weekday-6 = Sat
date-weekday-7 = Sun
date-weekday-long-1 = Monday
date-weekday-long-2 = Tuesday
date-weekday-long-3 = Wednesday
date-weekday-long-4 = Thursday
date-weekday-long-5 = Friday
date-weekday-long-6 = Saturday
date-weekday-long-7 = Sunday
date-month-1 = Jan
date-month-2 = Feb
date-month-3 = Mar
date-month-4 = Apr
date-month-5 = May
date-month-6 = Jun
date-month-7 = Jul
date-month-8 = Aug
date-month-9 = Sep
date-month-10 = Oct
date-month-11 = Nov
date-month-12 = Dec
date-month-short-1 = Jan
date-month-short-2 = Feb
date-month-short-3 = Mar
date-month-short-4 = Apr
date-month-short-5 = May
date-month-short-6 = Jun
date-month-short-7 = Jul
date-month-short-8 = Aug
date-month-short-9 = Sep
date-month-short-10 = Oct
date-month-short-11 = Nov
date-month-short-12 = Dec
