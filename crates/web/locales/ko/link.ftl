# Links from mails

link-token = 메일에 있는 링크
link-token-hint = 링크를 통째로 붙여 넣어 주세요.
link-over-title = 이 링크는 이제 쓸 수 없어요
link-over-invitation = 초대 링크는 72시간 동안 한 번만 쓸 수 있어요. 비밀번호를 이미 만들었다면 로그인해 주세요. 아직이라면 회사 관리자에게 초대를 다시 보내 달라고 해 주세요.
link-over-reset = 비밀번호 링크는 한 시간 동안 한 번만 쓸 수 있어요. 새 링크를 받아 주세요.
link-over-again = 새 링크 받기
link-over-sign-in = 로그인으로 가기
