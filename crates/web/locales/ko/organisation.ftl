# Departments and people

organisation-summary = 부서 { $departments }개, 구성원 { $people }명
organisation-edit-department = 부서 고치기
organisation-export = 내보내기
organisation-export-csv = CSV로 받기
organisation-export-xlsx = 엑셀(XLSX)로 받기
organisation-import = 가져오기
organisation-add = 사람 추가
organisation-departments = 부서
organisation-add-department = 부서 추가
organisation-people = 사람
organisation-find = 사람 찾기
organisation-find-by = 이름, 초성, 사번, 메일
organisation-department = 부서
organisation-any-department = 모든 부서
organisation-role = 역할
organisation-any-role = 모든 역할
organisation-status = 상태
organisation-any-status = 모든 상태
organisation-name = 이름
organisation-employee-number = 사번
organisation-hired-on = 입사일
organisation-last-login = 마지막 로그인
organisation-never = 아직
organisation-pick-all = 모두 고르기
organisation-pick = { $name } 고르기
organisation-pick-none = 고르기 취소
organisation-picked = 고른 사람
organisation-with-picked = 고른 사람에게
organisation-move-to = 어느 부서로
organisation-move = 부서 옮기기
organisation-suspend = 정지
organisation-activate = 다시 사용
organisation-found = ‘{ $search }’ { $count }명
organisation-count = { $count }명
organisation-none-title = 찾는 사람이 없어요
organisation-none-text = 다른 말로 찾거나, 거르기를 지워 보세요.
organisation-clear = 거르기 지우기
organisation-empty-department-title = 아직 아무도 없는 부서예요
organisation-empty-department-text = 사람을 추가하거나, 다른 부서에서 옮겨 오세요.
organisation-empty-title = 아직 아무도 없어요
organisation-empty-text = 파일에서 한꺼번에 가져오거나, 위의 ‘사람 추가’로 한 명씩 추가하세요.
organisation-empty-read = 회사 관리자가 사람을 추가하면 여기에 보여요.

## What happened

organisation-nobody-picked = 먼저 사람을 골라 주세요.
organisation-no-department-picked = 옮길 부서를 골라 주세요.
organisation-moved = { $count }명을 옮겼어요
organisation-suspended = { $count }명을 정지했어요. 이제 로그인할 수 없어요.
organisation-activated = { $count }명이 다시 쓸 수 있어요
organisation-undone = 되돌렸어요
organisation-in-use = 아직 쓰고 있어서 지울 수 없어요: { $things }
organisation-in-use-people = 사람 { $count }명
organisation-in-use-departments = 하위 부서 { $count }개
organisation-in-use-curricula = 커리큘럼 { $count }개
organisation-in-use-mentorships = 멘토링 { $count }개
organisation-in-use-tasks = 과제 { $count }개
organisation-in-use-events = 과제 기록 { $count }개
organisation-in-use-memos = 메모 { $count }개

## What the API says at fields of people, departments and companies

field-not-found = 이제 없는 것이에요. 다시 골라 주세요.
field-bad-email = 메일 주소의 모양이 아니에요. name@example.com처럼 써 주세요.
field-bad-characters = 저장할 수 없는 문자가 있어요. 직접 다시 써 주세요.
field-not-allowed = 고를 수 없는 값이에요.
field-cycle = 자기 자신이나 하위 부서 아래로는 옮길 수 없어요.
field-too-deep = 부서는 { $max }단계까지 둘 수 있어요.
field-repeated = 두 번 있어요.
field-bad-value = 다른 값이 필요해요.
field-bad-time-zone = 시간대 이름이 아니에요. Asia/Seoul처럼 써 주세요.
