# The first run

setup-title = 시작하기
setup-step-operator = 운영자
setup-step-company = 회사
setup-step-ready = 초대
setup-heading = 나루를 시작해요
setup-lead = 먼저 이 설치를 맡을 운영자 계정을 만들어요. 운영자는 회사를 만들고 상태를 살피지만, 회사 안의 내용은 보지 못해요.
setup-token = 한 번만 쓰는 토큰
setup-token-hint = 서버가 시작할 때 화면과 로그에 한 줄로 적었어요: operator token
setup-action = 다음: 회사 만들기
setup-company-heading = 첫 회사를 만들어요
setup-company-lead = 회사의 첫 관리자에게 초대 메일이 가요. 그다음은 관리자가 이어서 해요.
setup-later = 나중에 할게요
setup-done-heading = 초대를 보냈어요
setup-done-text = { $company }의 첫 관리자에게 초대를 보냈어요. 링크는 72시간 동안 한 번만 쓸 수 있어요.
setup-done-next = 관리자가 비밀번호를 만들면 부서, 사람, 커리큘럼, 첫 멘토링까지 차례로 안내할게요.
setup-done-companies = 회사 목록 보기
setup-done-installation = 설치 상태 보기
