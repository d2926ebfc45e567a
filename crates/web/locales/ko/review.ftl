# The review queue

review-in-turn = 차례로 검토하기
review-order = 오래된 순
review-waiting = 기다린 시간
review-days-hours = { $days }일 { $hours }시간
review-days = { $days }일
review-hours = { $hours }시간
review-minutes = { $minutes }분
review-now = 방금
review-length = 글 { $count }자
review-no-text = 글 없음
review-attempt = { $count }번째 제출
review-empty-title = 검토할 과제가 없어요
review-empty-text = 멘티가 검토를 요청하면 오래 기다린 순서로 여기에 모여요.
review-empty-action = 멘티 보기
