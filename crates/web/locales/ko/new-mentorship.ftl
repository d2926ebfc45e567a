# Starting a mentorship

new-mentorship-search = 이름, 초성(ㄱㅎㄴ), 사번으로 찾기
new-mentorship-near = 같은 팀
new-mentorship-no-department = 부서 없음
new-mentorship-hired = { $date } 입사
new-mentorship-free = 멘토 없음
new-mentorship-chosen = 고른 사람
new-mentorship-nobody = 멘토를 기다리는 멘티가 없어요.
new-mentorship-nobody-found = ‘{ $search }’에 맞는, 멘토 없는 멘티가 없어요.
new-mentorship-mentor-placeholder = 멘토 찾기
new-mentorship-mentor-self = 비우면 내가 멘토가 돼요.
new-mentorship-curricula = 커리큘럼
new-mentorship-curriculum = { $weeks }주 · 과제 { $tasks }개 · v{ $version }
new-mentorship-has-draft = 발행 안 된 초안 있음
new-mentorship-everybody = 공용
new-mentorship-no-curricula = 발행된 커리큘럼이 없어요.
new-mentorship-open-curricula = 커리큘럼 보기
new-mentorship-start = 시작하는 날
new-mentorship-title = 이름
new-mentorship-preview = 미리보기
new-mentorship-submit = 멘토링 시작하기
new-mentorship-after = 시작하면 과제가 날짜와 함께 만들어지고, 멘티의 대시보드에 나타나요.
new-mentorship-done = { $name } 님의 멘토링을 시작했어요
new-mentorship-already = { $name } 님은 이미 멘토링을 하고 있어요. 다른 멘티를 골라 주세요.

new-mentorship-pick-mentee = 멘티를 골라 주세요.
new-mentorship-pick-mentor = 찾은 멘토 가운데 한 명을 골라 주세요.
new-mentorship-pick-curriculum = 커리큘럼을 하나 이상 골라 주세요.
new-mentorship-pick-day = 시작하는 날을 골라 주세요.

new-mentorship-plan = 계획 미리보기
new-mentorship-empty-title = 아직 보여 드릴 계획이 없어요
new-mentorship-empty-text = 멘티와 커리큘럼을 고르면 모든 과제의 날짜가 여기에 그려져요.
new-mentorship-tasks = 과제
new-mentorship-days = 근무일
new-mentorship-off = 쉬는 날 { $count }일을 비켜 갔어요
new-mentorship-holiday = 쉬는 날
new-mentorship-week = { $week }주차
new-mentorship-week-unit = 주차
new-mentorship-month-day = { $month }.{ $day }
new-mentorship-rest = 과제 { $count }개 더
new-mentorship-empty-week = 이 주에는 과제가 없어요
new-mentorship-load = 같은 기간에 이 멘토가 이끄는 멘토링이 { $count }개 있어요.
new-mentorship-warning-already-mentored = 이 멘티는 이미 멘토링을 하고 있어서 시작할 수 없어요.
new-mentorship-warning-starts-in-past = 시작하는 날이 이미 지났어요. 지난 과제는 밀린 것으로 시작해요.
new-mentorship-warning-starts-on-day-off = 시작하는 날이 쉬는 날이에요. 첫 과제는 다음 근무일에 시작해요.
new-mentorship-warning-holidays-unknown = 이 기간의 공휴일은 아직 알려지지 않아서 빠졌을 수 있어요.
