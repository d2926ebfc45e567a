# Suggestions, and matching a group

matching-heading = Match a group
matching-lead = Pair newcomers with mentors all at once. It stays a draft until you start it.
matching-new = New matching
matching-title = Name
matching-start = Starts
matching-state = State
matching-changed = Changed
matching-count = { $mentees ->
    [one] { $mentees } mentee
   *[other] { $mentees } mentees
} · { $assigned ->
    [one] { $assigned } pair
   *[other] { $assigned } pairs
}
matching-state-open = Draft
matching-state-partly = { $count } started
matching-state-published = All started
matching-empty-title = Nothing matched yet
matching-empty-text = Choose people who joined at the same time and mentors: each pair comes with its reasons.

matching-new-lead = Choose who needs a mentor, and who may be one.
matching-hired-from = Hired from
matching-filter = Filter
matching-has-more = There are many people; 100 are shown. Narrow it down by department.
matching-picked = Chosen
matching-pick-all = Choose all
matching-person = Person
matching-mentees = Mentees
matching-mentors = Mentors
matching-hired = Hired on
matching-position = Position
matching-submit = Match them
matching-submit-note = Nobody starts yet. You see the pairs first and can change them.
matching-default-title = Matching of { $date }
matching-pick-mentees = Choose at least one mentee.
matching-pick-mentors = Choose at least one mentor.
matching-nobody-title = Nobody is waiting for a mentor
matching-nobody-text = Change the filter, or add the newcomers to the organisation first.
matching-no-mentors-title = There are no mentors
matching-no-mentors-text = Give somebody the role of a mentor first.

matching-summary = Starts { $date } · { $mentees ->
    [one] { $mentees } mentee
   *[other] { $mentees } mentees
} · { $mentors ->
    [one] { $mentors } mentor
   *[other] { $mentors } mentors
}
matching-again = Match again
matching-publish = { $count ->
    [one] Start { $count } mentorship
   *[other] Start { $count } mentorships
}
matching-publish-title = { $count ->
    [one] Start { $count } mentorship?
   *[other] Start { $count } mentorships?
}
matching-publish-text = Plans that start on { $date } are made, and everybody sees theirs.
matching-publish-first = Choose a curriculum and save first.
matching-publish-alone = { $count } without a mentor stay behind.
matching-publish-now = Start
matching-published = { $count ->
    [one] { $count } mentorship started
   *[other] { $count } mentorships started
}
matching-published-partly = { $count } started, { $failed } could not
matching-key-ready = Pairs to start
matching-key-alone = Without a mentor
matching-key-started = Started
matching-key-total = Points in all
matching-pairs = Pairs
matching-reasons = Reasons and points
matching-acts = Actions
matching-page = Page { $page } of { $pages }
matching-mentor-of = Mentor of { $name }
matching-nobody = No mentor
matching-best = Best fits
matching-others = Others
matching-points = { $points } points
matching-lock = Keep the pair of { $name }
matching-lock-hint = Stays when matched again
matching-leave = Leave out { $name }
matching-leave-hint = Not in this matching
matching-left-out = Left out for now
matching-bring = Bring back
matching-started = Started
matching-not-started = Could not start: { $why }
matching-why-nobody = Why is there no mentor?
matching-why-count = { $count ->
    [one] { $count } mentor
   *[other] { $count } mentors
}: { $why }
matching-why-free = Nothing is in the way: just choose one.
matching-plan = Plan
matching-saved = Saved
matching-assigned = Matched again
matching-loads = Load of the mentors
matching-load-of = Load of { $name }
matching-loads-note = Mentees now and those given here. The second mentee of one mentor costs 2 points, the third 4 and so on, so that they are spread.
matching-delete = Delete this draft
matching-delete-text = Pairs and locks are gone then. Mentorships that have started stay.
matching-delete-for-good = Delete
matching-deleted = The matching was deleted

matching-no-limit = No limit
matching-reason-same-department = Same department
matching-reason-department-above = Department above
matching-reason-department-below = Department below
matching-reason-department-beside = Department beside
matching-reason-same-job-title = Same job
matching-reason-common-tags = { $detail }
matching-reason-same-language = Same language
matching-reason-free-places = { $detail } free
matching-reason-earlier-pair = Were a pair before
matching-barrier-same-person = is the same person
matching-barrier-not-active = is not active
matching-barrier-not-a-mentor = is no mentor
matching-barrier-not-a-mentee = is no mentee
matching-barrier-already-mentored = has a mentor already
matching-barrier-own-manager = is the line manager
matching-barrier-own-report = reports to the mentee
matching-barrier-no-place = has no free place
matching-barrier-away = is away on the first day

matching-hidden = { $count ->
    [one] Why is { $count } person missing?
   *[other] Why are { $count } people missing?
}
matching-load-now = Load: { $load }
matching-suggested = Mentors who fit
matching-suggested-none = No mentor is free just now.
matching-group-link = Match a group at once

field-own-manager = A line manager can't be the mentor.
field-own-report = Somebody who reports to the mentee can't be the mentor.
field-away = This mentor is away on the first day.
field-not-a-mentor = This person is no mentor.
field-not-a-mentee = This person is no mentee.
field-already-mentored = This person has a mentor already.
field-already-started = This mentorship has started.
field-archived = This curriculum is archived.
