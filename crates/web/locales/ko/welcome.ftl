# An admin's first steps

welcome-title = 시작하기
welcome-heading = { $name } 님, 반가워요
welcome-lead = { $company }의 첫 멘토링까지 네 걸음이에요.
welcome-all-done = 준비를 모두 마쳤어요. 이제 함께 건너면 돼요.
welcome-done = 했어요
welcome-next = 다음
welcome-step-departments = 부서 만들기
welcome-about-departments = 사람이 들어갈 자리를 먼저 만들어요.
welcome-step-people = 사람 가져오기
welcome-about-people = CSV나 엑셀 파일로 한 번에, 또는 한 명씩 더해요.
welcome-step-curriculum = 커리큘럼 고르기
welcome-about-curriculum = 새로 만들거나 파일에서 가져와요.
welcome-step-mentorship = 첫 멘토링 시작하기
welcome-about-mentorship = 멘토와 멘티를 잇고 시작하는 날을 정해요.
