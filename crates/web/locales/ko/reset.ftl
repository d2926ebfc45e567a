# A new password by a link

reset-title = 새 비밀번호
reset-lead = 새 비밀번호를 만들면 모든 기기에서 로그아웃돼요.
reset-password = 새 비밀번호
reset-action = 비밀번호 바꾸기
