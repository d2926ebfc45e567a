# Accepting an invitation

invitation-title = 초대
invitation-heading = { $name } 님, 반가워요
invitation-lead = { $company }에서 초대했어요. 앞으로 쓸 비밀번호를 만들어 주세요.
invitation-lead-alone = 나루에 초대받았어요. 앞으로 쓸 비밀번호를 만들어 주세요.
invitation-password = 비밀번호 만들기
invitation-action = 시작하기
invitation-ask-heading = 초대 확인
invitation-ask-lead = 초대 메일의 링크를 열면 저절로 채워져요. 그렇지 않다면 링크를 붙여 넣어 주세요.
invitation-ask-action = 초대 보기
invitation-have-password = 비밀번호를 이미 만들었나요?
invitation-welcome = { $name } 님, 나루에 오신 것을 환영해요!
