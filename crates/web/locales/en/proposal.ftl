# A proposed mentorship and its answer

proposal-title = Mentorship proposal
proposal-heading = Would you mentor { $name }?
proposal-since = proposed
proposal-accept = Accept
proposal-decline = Decline
proposal-reason = Reason
proposal-reason-hint = The admin who proposed it can read it.
proposal-waiting = Waiting for the answer of { $name }.
proposal-withdraw = Withdraw the proposal
proposal-accepted = You are the mentor of { $name }. The tasks are made and dated.
proposal-declined = You declined to mentor { $name }
proposal-withdrawn = The proposal to { $name } is withdrawn
proposal-list = Proposed to you
proposal-asked = You are proposed as the mentor of { $name }
proposal-starts = starts { $date }
proposal-answer = Answer
proposal-open = See the proposal
proposal-was-declined = { $name } declined. Reason: { $reason }
proposal-was-withdrawn = This proposal was withdrawn before it was answered.
