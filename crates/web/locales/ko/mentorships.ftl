# Lists of pairs: an admin's, and what all lists of pairs share

mentorships-lead = 회사의 모든 멘토링이에요.
mentorships-new = 새 멘토링
mentorships-name = 이름
mentorships-mentor = 멘토
mentorships-week = 주차
mentorships-week-of = { $week }/{ $weeks }주차
mentorships-weeks = { $count }주
mentorships-progress = 진행률
mentorships-progress-of = { $name } 진행률
mentorships-ends = 마치는 날
mentorships-activity = 마지막 활동
mentorships-no-activity = 아직 없음
mentorships-look = 살펴볼 점
mentorships-action = 할 일
mentorships-open = 계획 보기
mentorships-tabs = 상태
mentorships-tab-active = 진행 중
mentorships-tab-proposed = 제안
mentorships-tab-paused = 멈춤
mentorships-tab-completed = 마침
mentorships-tab-ended = 중단
mentorships-tab-all = 모두
mentorships-search = 이름, 초성, 멘토링 이름으로 찾기
mentorships-first-page = 처음 쪽으로
mentorships-empty-title = 아직 멘토링이 없어요
mentorships-empty-text = 멘토와 멘티를 짝지으면 날짜가 정해진 계획이 만들어져요.
mentorships-empty-status-title = 이 상태인 멘토링이 없어요
mentorships-empty-status-text = 다른 상태를 골라 보세요.
mentorships-none-title = ‘{ $search }’에 맞는 멘토링이 없어요
mentorships-none-text = 다른 말로 찾거나, 상태를 ‘모두’로 바꿔 보세요.
mentorships-none-action = 찾기 지우기

mentorships-risk-all-done = 필요한 과제를 다 했어요
mentorships-risk-before = 곧 시작해요
mentorships-risk-fine = 순조로워요
mentorships-risk-proposed = 시작 전이에요
mentorships-risk-paused = 멈춰 있어요
mentorships-risk-completed = 마쳤어요
mentorships-risk-ended = 중단됐어요
mentorships-risk-overdue = 과제 { $tasks }개, 가장 오래된 것이 근무일 { $count }일 밀렸어요
mentorships-risk-returned = 한 과제가 { $count }번 반려됐어요
mentorships-risk-quiet = 근무일 { $count }일 동안 활동이 없어요
mentorships-risk-over = { $count ->
    [0] 마치는 날이 지났어요
   *[other] 마치는 날이 근무일 { $count }일 지났어요
}
mentorships-risk-waiting = 검토를 근무일 { $count }일째 기다려요
mentorships-risk-submitted = 과제 { $count }개가 검토를 기다려요

mentorships-pace-ahead = 계획보다 { $count }일 빨라요
mentorships-pace-on-time = 계획대로예요
mentorships-pace-late = 계획보다 { $count }일 늦어요

## Filters and order

mentorships-risk = 살펴볼 점으로 거르기
mentorships-risk-all = 살펴볼 점: 모두
mentorships-by-risk-any = 살펴볼 것이 있음
mentorships-by-risk-over = 마치는 날이 지남
mentorships-by-risk-quiet = 활동이 없음
mentorships-by-risk-overdue = 과제가 밀림
mentorships-by-risk-waiting = 검토가 늦음
mentorships-by-risk-returned = 여러 번 반려됨
mentorships-department = 부서로 거르기
mentorships-department-all = 모든 부서
mentorships-sort = 순서
mentorships-sort-name = 이름순
mentorships-sort-end-on = 먼저 마치는 순
mentorships-sort-start-on = 먼저 시작한 순
mentorships-sort-mentor = 멘토 이름순
mentorships-one-mentor = 한 멘토만
mentorships-clear = 거르기 지우기
mentorships-none-here = 여기에 맞는 멘토링이 없어요

## The company in figures

mentorships-overview = 한눈에
mentorships-at-risk = 살펴볼 멘토링
mentorships-running = 진행 중 { $count }
mentorships-loads = 멘토가 맡은 멘토링
mentorships-loads-more = 멘토 { $count }명 더 보기
mentorships-load = { $count }건
mentorships-load-of = { $name } 님이 맡은 멘토링
mentorships-load-waiting = 검토할 과제 { $count }개
mentorships-load-answers = 보통 { $wait } 안에 답해요
mentorships-load-no-answers = 최근 30일 동안 답한 검토가 없어요
