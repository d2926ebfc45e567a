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
review-files = 파일 { $count }개
review-choose = { $name } 님의 ‘{ $title }’ 고르기
review-approve-chosen = 고른 과제 승인하기
review-approve-hint = 왼쪽에서 고른 과제를 한꺼번에 승인해요.
review-none-chosen = 먼저 승인할 과제를 골라 주세요.
review-approved = 과제 { $count }개를 승인했어요
review-outcome-approved = 승인했어요.
review-outcome-not-found = 없거나 볼 수 없는 과제라 승인하지 못했어요.
review-outcome-not-allowed = 그사이 상태가 바뀌어 승인하지 않았어요.
review-outcome-not-running = 멘토링이 진행 중이 아니라 승인하지 않았어요.
