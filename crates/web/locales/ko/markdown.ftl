# Above a Markdown text: its tools, and writing or reading

markdown-tools = 서식
markdown-tool-heading = 제목
markdown-tool-bold = 굵게
markdown-tool-list = 목록
markdown-tool-ordered = 번호 목록
markdown-tool-code = 코드
markdown-tool-link = 링크
markdown-tool-table = 표
markdown-view = 보기
markdown-write = 쓰기
markdown-preview = 미리보기
