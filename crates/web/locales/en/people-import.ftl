# People from a file

import-title = Import
import-heading = Import people from a file
import-text = Upload an Excel (XLSX) or CSV file; you see what would happen before anything changes.
import-step-file = File
import-step-preview = Preview
import-step-done = Import
import-file = Choose a file
import-file-hint = CSV or XLSX, up to 10 MB. CSV saved by Korean Excel (CP949) is read too.
import-file-problem = This file can't be used.
import-file-none = Choose a file.
import-reading = Reading the file. It takes a few seconds.
import-preview = Preview
import-columns = Which columns it needs
import-columns-text = The first line names the columns. E-mail and given name are needed, the others are optional. What the file has no column for stays as it is.
import-example = Download the present people as an example
import-gone = An uploaded file is kept for 30 minutes. Upload it again.
import-changed = The file has changed in the meantime. Look at it again, then try once more.
import-still-bad = More rows need mending. Nothing has changed yet.

## What is wrong with a file as a whole, and the way out

import-file-empty = The file is empty. Name the columns in the first line and write people below.
import-file-too-large = The file is too large. Up to { $megabytes } MB can be taken: split it.
import-file-too-many-rows = It has too many rows. Up to { $max } can be taken: split it.
import-file-too-many-columns = It has too many columns. Up to { $max } can be taken: remove those you don't need.
import-file-cell-too-long = Line { $line } has a cell of more than { $max } characters. Shorten it.
import-file-bad-encoding = The text of line { $line } can't be read. Save it anew in Excel as “CSV UTF-8” or XLSX.
import-file-ragged-row = Line { $line } has { $found } cells, the first line has { $expected }. Put values with commas in quotes.
import-file-unclosed-quote = The quote that opens in line { $line } is never closed. Close it.
import-file-not-a-sheet = It is neither CSV nor XLSX. Save old Excel files (XLS) and those with a password anew as XLSX.
import-file-zip-bomb = It unpacks to more than can be taken. Save it as CSV.
import-file-unreadable = The file is damaged. Save it anew.
import-file-missing-column = There is no column “{ $column }”. Name it in the first line by one of: { $names }
import-file-duplicate-column = The column “{ $column }” is there twice. Remove one.

## The preview

import-nothing-changed = Nothing has changed yet
import-read = “{ $name }” was read: { $count ->
    [one] one row.
   *[other] { $count } rows.
}
import-bad = { $count ->
    [one] One row needs mending.
   *[other] { $count } rows need mending.
}
import-all-good = Everything can be imported.
import-nothing-new = Everything is there already: nothing to change.
import-download-bad = Download rows to mend
import-other-file = Another file
import-apply-good = { $count ->
    [one] Import the good row
   *[other] Import the { $count } good rows
}
import-apply = { $count ->
    [one] Import one row
   *[other] Import { $count } rows
}
import-created = New
import-updated = Changed
import-same = Same
import-to-mend = To mend
import-ignored = Columns that are not used were left out: { $columns }
import-invite = { $count ->
    [one] Send the new person an invitation
   *[other] Send the { $count } new people an invitation
}
import-applying = Importing. It takes a few seconds.
import-tabs = Filter rows
import-tab-bad = To mend
import-tab-update = Changed
import-tab-create = New
import-tab-all = All
import-line = Line
import-column-name = Name
import-column-email = E-mail
import-column-department = Department
import-column-roles = Roles
import-column-role = Role
import-column-hired-on = Hired on
import-how = How to mend it
import-outcome = Outcome
import-outcome-bad = To mend
import-outcome-create = New
import-outcome-update = Changed
import-outcome-same = Same
import-cell = { $column } of line { $line }
import-take = Use { $value }
import-drop = Leave out
import-drop-line = Leave out line { $line }
import-check-again = Check again
import-check-again-text = What you mend is written into the copy of the uploaded file only. Nobody changes yet.
import-first-bad = { $count ->
    [one] The first row is shown. The next comes up once it is mended.
   *[other] The first { $count } rows are shown. The next come up once these are mended.
}
import-first-rows = { $count ->
    [one] The first row is shown.
   *[other] The first { $count } rows are shown.
}
import-none-title = No such rows
import-none-text = The other tabs have the rest.
import-faults-heading = To mend

## What is wrong with a cell

import-cell-required = It is empty
import-cell-too-long = At most { $max } characters
import-cell-bad-characters = It has characters that can't be kept
import-cell-bad-name = Family and given name can't be told apart: put a space between
import-cell-bad-email = Not a whole e-mail address
import-cell-bad-role = One of mentor, mentee, admin
import-cell-bad-date = Write it like 2026-09-01
import-cell-bad-ox = o or x
import-cell-repeated-line = Line { $line } has it already
import-cell-repeated-email = Another line is about { $email } too
import-cell-not-found = No such department
import-cell-ambiguous = Several departments are called that: write “parent > child”
import-cell-taken = Somebody else has it
import-cell-taken-email = { $email } has it
import-cell-last-admin = A company keeps at least one active admin

## Done

import-done-heading = { $count ->
    [one] One person imported
   *[other] { $count } people imported
}
import-done-text = They show in the organisation now.
import-done-invited = The new people are being invited by mail.
import-another = Import more
import-to-people = See the organisation
