# What is worth a word about a task

flag-over = 마치는 날이 지났어요
flag-quiet = 근무일 { $count }일 동안 활동 없음
flag-waiting = 검토를 근무일 { $count }일째 기다려요
flag-overdue = { $count ->
    [0] 마감이 지났어요
   *[other] 근무일 { $count }일 밀렸어요
}
flag-returned = { $count }번 반려됨
flag-due-today = 오늘까지
flag-due-soon = { $count ->
    [0] 다음 근무일 전까지
   *[other] 근무일 { $count }일 남음
}
