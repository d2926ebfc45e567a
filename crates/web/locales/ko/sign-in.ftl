# Signing in

sign-in-title = 로그인
sign-in-heading = 다시 오셨네요
sign-in-lead = 회사 메일로 로그인해 주세요.
sign-in-email = 메일
sign-in-password = 비밀번호
sign-in-action = 로그인
sign-in-first-time = 처음이신가요? 초대 메일의 링크로 비밀번호를 먼저 만들어 주세요.
sign-in-wrong = 메일이나 비밀번호가 맞지 않아요.
sign-in-wait = 여러 번 틀려서 잠시 쉬어야 해요. { $minutes }분 뒤에 다시 해 주세요.
sign-in-demo = 둘러보기
sign-in-demo-as = { $role } { JOSA($name, kind: "으로로") } 들어가기
sign-in-forgot = 비밀번호를 잊었어요
sign-in-reset = 비밀번호를 바꿨어요. 새 비밀번호로 로그인해 주세요.
