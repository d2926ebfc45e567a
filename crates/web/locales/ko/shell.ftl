# Layout, parts and scripts: the words every page needs.

## The shell

shell-product = 나루
shell-skip = 본문으로 건너뛰기
shell-sidebar = 사이드바
shell-main-menu = 주 메뉴
shell-collapse = 메뉴 접기
shell-crumbs = 위치
shell-search = 검색
shell-search-hint = 사람, 과제, 문서 찾기
shell-search-words = 검색어
shell-search-placeholder = 이름, 초성, 과제, 문서
shell-notifications = 알림
shell-notifications-unread = 읽지 않은 알림 { $count }개
shell-my-menu = 내 메뉴
shell-profile = 내 정보
shell-theme-light = 밝게
shell-theme-dark = 어둡게
shell-theme-system = 시스템 따라
shell-other-language = English
shell-sign-out = 로그아웃
shell-offline = 인터넷이 끊겼어요. 쓰던 글은 이 기기에 보관하고, 다시 이어지면 저장할게요.
shell-about = 나루 소개
shell-motto =
    처음 오는 사람이
    배에 오르는 곳, 나루
shell-motto-below = 오늘 할 일부터 하나씩 함께 건너요.
shell-loading = 불러오는 중이에요
shell-progress = 진행률 { $percent }퍼센트
shell-optional = 비워도 돼요
shell-pages = 쪽 이동
shell-previous = 이전
shell-next = 다음
shell-cancel = 돌아가기
shell-close = 닫기
shell-save = 저장
shell-more = 더 보기

## Navigation

nav-home = 대시보드
nav-board = 보드
nav-plan = 계획
nav-documents = 문서
nav-chat = 채팅
nav-assistant = 도우미
nav-forms = 양식
nav-review = 검토
nav-mentees = 멘티
nav-curricula = 커리큘럼
nav-organisation = 조직
nav-mentorships = 멘토링
nav-analytics = 분석
nav-company = 회사
nav-audit = 감사 로그
nav-settings = 설정
nav-companies = 회사 목록
nav-health = 상태
nav-jobs = 작업

## Words of the domain

status-todo = 진행전
status-in-progress = 진행중
status-submitted = 검토요청
status-returned = 반려
status-done = 완료
status-skipped = 건너뜀

priority-label = 우선순위
priority-high = 상
priority-medium = 중
priority-low = 하

kind-task = 과제
kind-reading = 읽을거리
kind-form = 양식
kind-meeting = 미팅

owner-mentee = 멘티
owner-mentor = 멘토
owner-admin = 관리자

role-operator = 운영자
role-admin = 관리자
role-mentor = 멘토
role-mentee = 멘티

mentorship-proposed = 시작 전
mentorship-active = 진행 중
mentorship-paused = 멈춤
mentorship-completed = 마침
mentorship-ended = 중단

curriculum-draft = 초안
curriculum-published = 발행됨
curriculum-archived = 보관됨

user-invited = 초대함
user-active = 사용 중
user-suspended = 정지

## What scripts say (%n is a number the script puts in)

script-undo = 되돌리기
script-network = 서버에 닿지 못했어요. 인터넷을 확인하고 다시 해 주세요.
script-failed = 문제가 생겨서 하지 못했어요. 잠시 뒤에 다시 해 주세요.
script-copied = 복사했어요
script-signed-out = 로그인이 끝났어요. 다시 로그인해 주세요.
script-forbidden = 이 일을 할 권한이 없어요.
script-gone = 이제 없는 것이에요. 쪽을 새로 고쳐 주세요.
script-conflict = 그사이 다른 사람이 바꿨어요. 쪽을 새로 고쳐 주세요.
script-busy = 요청이 너무 잦아요. 잠시 뒤에 다시 해 주세요.
script-not-moved = 옮기지 못해서 원래 자리로 돌려놓았어요.
script-not-allowed = 여기로는 옮길 수 없어요.
script-results = 결과 %n개
script-no-results = 찾는 것이 없어요
script-link = 링크
script-save-saving = 저장하는 중
script-save-saved = 방금 저장했어요
script-save-offline = 인터넷이 끊겨서 이 기기에 보관했어요
script-save-restored = 이 기기에 보관한 글을 되살렸어요
script-save-conflict = 다른 곳에서 바뀌었어요. 쓰던 글은 이 기기에 보관했어요.
script-save-failed = 저장하지 못해서 이 기기에 보관했어요
script-save-take = 보관한 글 가져오기

## Problems

problem-request = 문의할 때 알려 주세요:
problem-fields = { $count }곳을 고쳐 주세요.
problem-not-found-title = 여기에는 아무것도 없어요
problem-not-found-text = 주소가 바뀌었거나, 볼 수 없는 것일 수 있어요.
problem-not-found-action = 처음으로
problem-forbidden-title = 볼 수 있는 권한이 없어요
problem-forbidden-text = 필요하다면 회사 관리자에게 부탁해 주세요.
problem-forbidden-action = 처음으로
problem-conflict-title = 그사이 내용이 바뀌었어요
problem-conflict-text = 다른 사람이 먼저 고쳤어요. 새 내용을 보고 다시 해 주세요.
problem-conflict-action = 새 내용 보기
problem-busy-title = 잠깐 쉬어 가요
problem-busy-text = 짧은 사이에 요청이 너무 많았어요. 조금 뒤에 다시 해 주세요.
problem-busy-action = 다시 해 보기
problem-unavailable-title = 서버가 잠시 쉬고 있어요
problem-unavailable-text = 곧 돌아와요. 로그인은 그대로이고, 잃어버린 것은 없어요.
problem-unavailable-action = 다시 해 보기
problem-failed-title = 문제가 생겼어요
problem-failed-text = 우리 쪽 잘못이에요. 잠시 뒤에 다시 해 보고, 또 그러면 아래 번호를 알려 주세요.
problem-failed-action = 다시 해 보기
