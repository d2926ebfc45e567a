//! Tables of what people type and what must come of it.

use hangul::*;
use proptest::prelude::*;

#[test]
fn initials_of_names() {
    let cases = [
        ("한지우", "ㅎㅈㅇ"),
        ("남궁 민", "ㄴㄱㅁ"),
        ("쌍둥이", "ㅆㄷㅇ"),
        ("가힣", "ㄱㅎ"),
        ("A팀 Lead", "aㅌlead"),
        ("\u{1112}\u{1161}\u{11ab}", "ㅎ"),
        ("ㅎㅈ", "ㅎㅈ"),
        ("ㄳ", "ㄱㅅ"),
        ("ㄲ", "ㄲ"),
        ("", ""),
    ];
    for (text, expected) in cases {
        assert_eq!(initials(text), expected, "{text}");
    }
}

#[test]
fn a_query_of_consonants_means_initials() {
    for query in ["ㅎ", "ㅎㅈㅇ", " ㅎ ㅈ ", "ㄳ", "\u{1112}", "ﾡ"] {
        assert!(is_initials(query), "{query}");
    }
    for query in ["", " ", "하", "ㅎ지", "ㅏ", "ㅎa", "h"] {
        assert!(!is_initials(query), "{query}");
    }
}

#[test]
fn folding() {
    let cases = [
        ("  Ji  Woo\tHAN ", "ji woo han"),
        ("ＨＡＮ", "han"),
        ("한\u{200b}지우", "한지우"),
        ("\u{1112}\u{1161}\u{11ab}지우", "한지우"),
        ("ㅎㅏㄴ", "ㅎㅏㄴ"),
        ("Straße", "strasse"),
        ("ﬁle", "file"),
        ("ΟΔΟΣ", "οδοσ"),
        ("\u{3164}", ""),
        ("\u{212a}im", "kim"),
    ];
    for (text, expected) in cases {
        assert_eq!(fold(text), expected, "{text}");
    }
}

#[test]
fn a_person_is_found_in_either_order_and_by_initials() {
    assert_eq!(search_key("한", "지우"), "한지우 지우한 지우 한 지우 ㅎㅈㅇ ㅈㅇㅎ");
    assert_eq!(search_key("", "지우"), "지우 ㅈㅇ");
    assert_eq!(search_key("", ""), "");
    let key = search_key("Han", "Ji Woo");
    for query in ["Han Ji Woo", "ji woo han", "HANJIWOO", "jiwoohan", "woo"] {
        assert!(key.contains(&fold(query)), "{query} in {key}");
    }
    for query in ["한 지우", "지우한", "지우 한"] {
        assert!(search_key("한", "지우").contains(&fold(query)), "{query}");
    }
    assert!(search_key("강", "서연").contains(&initials("ㄳ")));
}

#[test]
fn names_as_shown() {
    let cases = [
        ("한", "지우", Locale::Ko, "한지우"),
        ("한", "지우", Locale::En, "한지우"),
        ("Han", "Jiwoo", Locale::En, "Jiwoo Han"),
        ("Han", "Jiwoo", Locale::Ko, "Han Jiwoo"),
        ("O'Brien", "Zoë", Locale::En, "Zoë O'Brien"),
        ("한", "Jiwoo", Locale::En, "한 Jiwoo"),
        ("韓", "志友", Locale::En, "韓志友"),
        ("\u{1112}\u{1161}\u{11ab}", "지우", Locale::Ko, "한지우"),
        ("", " Jiwoo ", Locale::En, "Jiwoo"),
        ("", "", Locale::Ko, ""),
    ];
    for (family, given, locale, expected) in cases {
        assert_eq!(display_name(family, given, locale), expected);
    }
}

#[test]
fn particles() {
    // (behind a consonant, behind ㄹ, behind a vowel)
    let closed = [
        "한지민",
        "3",
        "10",
        "1,000",
        "0",
        "API 문",
        "JSON",
        "Git",
        "Slack",
        "Outlook",
        "name",
        "온보딩(onboarding)",
        "『책』",
        "“과목”",
        "온보딩 (2주)",
        "C#",
        "ㄱ",
        "Onboarding",
        "3.10",
        "Chrome",
        "Mac",
        "100000000",
        "web",
    ];
    let rieul = [
        "서울",
        "1",
        "7",
        "18",
        "PR",
        "SQL",
        "URL",
        "메일!",
        "Google",
        "Excel",
        "file",
        "ㄹ",
        "별(star)",
        "html",
    ];
    let open = [
        "한지우",
        "2",
        "45",
        "9",
        "API",
        "UX",
        "Docker",
        "GitHub",
        "Test",
        "Project",
        "50%",
        "C++",
        "v2",
        "k8s",
        "과제(필수)",
        "과제(책(1권))",
        "과제（책）",
        "지우🙂",
        "(과제)",
        "과제.”",
        "",
        "!!!",
        "1000000000000",
        "ㅏ",
        "server",
        "page",
    ];
    for word in closed {
        let all = [Josa::이가, Josa::은는, Josa::을를, Josa::과와, Josa::으로로, Josa::이에요예요]
            .map(|pair| josa(word, pair));
        assert_eq!(all, ["이", "은", "을", "과", "으로", "이에요"], "{word}");
    }
    for word in rieul {
        let all = [Josa::이가, Josa::은는, Josa::을를, Josa::과와, Josa::으로로, Josa::이에요예요]
            .map(|pair| josa(word, pair));
        assert_eq!(all, ["이", "은", "을", "과", "로", "이에요"], "{word}");
    }
    for word in open {
        let all = [Josa::이가, Josa::은는, Josa::을를, Josa::과와, Josa::으로로, Josa::이에요예요]
            .map(|pair| josa(word, pair));
        assert_eq!(all, ["가", "는", "를", "와", "로", "예요"], "{word}");
    }
    assert_eq!(with_josa("과제", Josa::을를), "과제를");
}

#[test]
fn addresses() {
    let long_local = format!("{}@naru.kr", "a".repeat(65));
    let long_domain = format!("a@{}kr", "abcdefghi.".repeat(26));
    let cases = [
        ("jiwoo.han+naru@example.co.kr", None),
        (" Jiwoo@Example.KR ", None),
        ("", Some(EmailProblem::Empty)),
        ("jiwoo", Some(EmailProblem::AtSign)),
        ("a@b@c.kr", Some(EmailProblem::AtSign)),
        ("@naru.kr", Some(EmailProblem::Local)),
        (".a@naru.kr", Some(EmailProblem::Local)),
        ("a..b@naru.kr", Some(EmailProblem::Local)),
        ("a b@naru.kr", Some(EmailProblem::Local)),
        ("a  b@naru.kr", Some(EmailProblem::Local)),
        ("a\r\nBcc:x@naru.kr", Some(EmailProblem::Local)),
        ("a@naru", Some(EmailProblem::Domain)),
        ("a@naru..kr", Some(EmailProblem::Domain)),
        ("a@-naru.kr", Some(EmailProblem::Domain)),
        ("a@127.0.0.1", Some(EmailProblem::Domain)),
        ("a@[127.0.0.1]", Some(EmailProblem::Domain)),
        ("a@naru.kr.", Some(EmailProblem::Domain)),
        ("a@XN--9n2bp8q.kr", Some(EmailProblem::Punycode)),
        ("ａ@naru.kr", Some(EmailProblem::LooksLikeAnother)),
        ("ji\u{200b}woo@naru.kr", Some(EmailProblem::LooksLikeAnother)),
        ("\u{212a}im@naru.kr", Some(EmailProblem::LooksLikeAnother)),
        ("j\u{456}woo@naru.kr", Some(EmailProblem::NotAscii)),
        ("지우@naru.kr", Some(EmailProblem::NotAscii)),
        ("a@나루.kr", Some(EmailProblem::NotAscii)),
        (&long_local, Some(EmailProblem::LocalTooLong)),
        (&long_domain, Some(EmailProblem::TooLong)),
    ];
    for (address, expected) in cases {
        assert_eq!(email_problem(address), expected, "{address}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn folding_twice_is_folding_once(text in any::<String>()) {
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
    }

    #[test]
    fn any_text_is_taken(text in any::<String>()) {
        prop_assert!(!initials(&text).contains(char::is_whitespace));
        prop_assert!(!josa(&text, Josa::이가).is_empty());
        if email_problem(&text).is_none() {
            prop_assert!(text.trim().is_ascii() && fold(&text) == text.trim().to_ascii_lowercase());
        }
    }

    #[test]
    fn a_hangul_name_is_found_by_the_start_of_its_initials(family in "[가-힣]{1,2}", given in "[가-힣]{1,3}") {
        let key = search_key(&family, &given);
        let query = initials(&format!("{family}{given}"));
        let given_first = format!("{given} {family}");
        prop_assert!(is_initials(&query));
        prop_assert!(key.contains(&query));
        prop_assert!(key.contains(&given_first));
    }
}
