# What the pages of a pair share

pair-tabs = Mentorship menu
pair-plan = Plan
pair-agreement = Agreement
pair-goals = Goals
pair-meetings = 1:1s
pair-timeline = Record
pair-report = Evaluation
pair-not-signed = Not signed
