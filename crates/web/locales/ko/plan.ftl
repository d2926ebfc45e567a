# The plan

plan-week = { $week }주차
plan-week-done = 완료 { $done }/{ $all }
plan-owner = { $who } 담당
plan-done-on = { $date }에 완료
plan-due = { $date }까지
plan-not-required = 선택
plan-subtasks = 하위 과제
plan-status = 상태
plan-any-status = 모든 상태
plan-any-priority = 모든 우선순위
plan-show = 보기
plan-show-all = 모두 보기
plan-count = 과제 { $all }개 가운데 { $count }개
plan-empty-title = 아직 계획이 없어요
plan-empty-text = 멘토가 멘토링을 시작하면 주차마다 할 일이 날짜와 함께 놓여요.
plan-none-title = 여기에 맞는 과제가 없어요
plan-none-text = 상태나 우선순위를 바꾸면 다른 과제가 보여요.
