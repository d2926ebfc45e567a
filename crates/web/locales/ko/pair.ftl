# What the pages of a pair share

pair-tabs = 멘토링 메뉴
pair-plan = 계획
pair-agreement = 합의
pair-goals = 목표
pair-meetings = 1:1
pair-timeline = 기록
pair-report = 평가
pair-not-signed = 서명 전
