# The installation, for operators

installation-title = 설치 상태
installation-lead = 나루의 부분들이 지금 답하는지 살펴요.
installation-again = 다시 살피기
installation-trouble = 답하지 않는 부분이 있어요. 서버의 로그를 살펴 주세요.
installation-parts = 부분
installation-api = API와 데이터베이스
installation-about-api = 데이터를 읽고 쓰는 곳이에요.
installation-store = 로그인 보관소
installation-about-store = 누가 로그인했는지 짧게 보관해요.
installation-ready = 답해요
installation-away = 답하지 않아요
installation-about = 이 설치
installation-version = 버전
installation-address = 주소
installation-mail = 메일 폴더
