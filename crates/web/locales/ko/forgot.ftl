# A forgotten password

forgot-title = 비밀번호를 잊었나요?
forgot-lead = 로그인할 때 쓰는 메일을 알려 주세요. 새 비밀번호를 만들 링크를 보낼게요.
forgot-action = 링크 받기
forgot-sent-title = 메일을 확인해 주세요
forgot-sent-text = { $email } 주소가 나루에 있다면, 한 시간 동안 쓸 수 있는 링크를 보냈어요.
forgot-sent-none = 메일이 오지 않으면 스팸함을 보거나, 회사 관리자에게 물어봐 주세요.
forgot-again = 다른 메일로 해 보기
