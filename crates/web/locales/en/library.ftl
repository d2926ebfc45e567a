# Ready-made curricula

library-title = Ready-made curricula
library-lead = Look at one, take it, and it is a draft of yours to change as you like.
library-search = Title or name of a task
library-job = Job
library-any-job = Any job
library-job-general = Everyone
library-job-backend = Backend
library-job-frontend = Frontend
library-job-data = Data
library-job-sales = Sales
library-job-marketing = Marketing
library-job-hr = People
library-job-remote = Remote work
library-language = Language
library-any-language = Any language
library-language-ko = 한국어
library-language-en = English
library-none-title = No such curriculum
library-none-text = Try other words or another job.
library-all = Show all
library-take = Take it
library-taken = { $title } is now a draft of yours.
library-texts = Guidelines and submission forms
