# The mentor's home

mentor-home-waiting = { $count ->
    [one] { $count } task to review
   *[other] { $count } tasks to review
}
mentor-home-many = More than { $count } tasks to review
mentor-home-oldest = The oldest has waited: { $wait }
mentor-home-clear = Nothing to review
mentor-home-clear-text = { $count ->
    [one] { $count } mentee is on the way.
   *[other] { $count } mentees are on their way.
}
mentor-home-welcome = Welcome, { $name }
mentor-home-own-plan = My plan
mentor-home-queue = Waiting for review
mentor-home-all = See all
mentor-home-mentees = My mentees
mentor-home-all-mentees = All mentees
mentor-home-answers = You usually answer within { $wait }.
mentor-home-at-risk = { $count ->
    [one] { $count } needs a look
   *[other] { $count } need a look
}
