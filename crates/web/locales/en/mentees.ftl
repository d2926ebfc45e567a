# A mentor's mentees

mentees-empty-title = No mentees yet
mentees-empty-text = Once you start a mentorship, your mentees and what is worth a look are here.
