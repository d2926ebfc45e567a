# Task blocks

blocks-title = 과제 묶음
blocks-lead = 자주 쓰는 과제를 순서까지 함께 두었다가 어느 커리큘럼에나 넣어요.
blocks-into = { $title }에 넣을 묶음을 고르세요.
blocks-keep = 묶음으로 저장
blocks-keep-lead = { $title }에서 자주 쓸 과제를 고르세요. 고른 과제끼리의 순서도 함께 두어요.
blocks-keep-tasks = 과제
blocks-name = 묶음 이름
blocks-department = 쓰는 곳
blocks-week = 넣을 주차
blocks-insert = 넣기
blocks-rename = 이름 바꾸기
blocks-delete = 지우기
blocks-delete-text = 묶음만 사라져요. 이미 넣은 과제는 그대로예요.
blocks-size = { $weeks }주 · 과제 { $tasks }개
blocks-by = { $name } 님이 만듦
blocks-manage = 묶음 관리
blocks-again = 다시 시도
blocks-empty-title = 아직 묶음이 없어요
blocks-empty-text = 편집기에서 과제를 몇 개 고른 다음 ‘묶음으로 저장’을 눌러 보세요.
blocks-kept = ‘{ $name }’ 묶음을 저장했어요.
blocks-renamed = ‘{ $name }’ 이름으로 바꿨어요.
blocks-deleted = ‘{ $name }’ 묶음을 지웠어요.
blocks-inserted = ‘{ $name }’ 묶음을 넣었어요.
