# One person's plan, rearranged

plan-edit-title = 계획 고치기
plan-edit-lead = 커리큘럼은 그대로 두고 이 계획만 바꿔요.
plan-edit-handle = ‘{ $title }’ 옮기기: 끌거나 Alt와 화살표를 누르세요
plan-edit-started = 이미 시작해서 시작하는 날은 그대로예요
plan-edit-starts = ‘{ $title }’ 시작하는 날
plan-edit-due = ‘{ $title }’ 마감
plan-edit-more = ‘{ $title }’ 더 보기
plan-edit-week = 주차
plan-edit-position = 순서
plan-edit-skip = 건너뛰기
plan-edit-new = 과제 더하기
plan-edit-change = 바뀌는 것
plan-edit-nothing = 바뀌는 과제가 없어요.
plan-edit-hint = 과제를 끌어 옮기거나 날짜를 바꾸면, 무엇이 바뀌는지 여기에 나와요.
plan-edit-reason = 건너뛰는 까닭
plan-edit-submit = 이대로 바꾸기
plan-edit-done = 계획을 바꿨어요. 바뀐 과제 { $count }개
