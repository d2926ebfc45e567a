//! Signing in, rotating tokens, links by mail, and one's own account.

use chrono::Duration;
use contract::{
    Code,
    auth::{
        AcceptInvitation, ChangePassword, CheckToken, Credentials, EndOtherSessions, EndSession,
        FirstOperator, ForgotPassword, ForgottenPassword, GetMe, GetSetup, InvitationAcceptance, LinkToken,
        ListSessions, Locale, Login, Logout, MePatch, PasswordChange, PasswordReset, Refresh, RefreshToken,
        ResetPassword, SetUp, ShowInvitation, Theme, Tokens, UpdateMe,
    },
    policy::{Role, Roles},
};
use store::Unscoped;
use testkit::{Stage, bad_fields, on_both_engines, refused};

const PASSWORD: &str = "harbour lights and 42 boats";
const OTHER: &str = "새벽 첫 배를 기다리는 갈매기";

fn login(email: &str, password: &str) -> Login {
    Login { credentials: Credentials { email: email.to_owned(), password: password.to_owned() } }
}

async fn refresh(stage: &Stage, token: &str) -> Result<Tokens, client::CallError> {
    stage.nobody.call(Refresh { token: RefreshToken { refresh_token: token.to_owned() } }).await
}

/// Waits until revocations of this moment are seen by the API.
async fn settle() {
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
}

on_both_engines! {
    async fn a_person_signs_in_and_is_told_who_they_are(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let tokens = stage.nobody.call(login(&team.mentee.email.to_uppercase(), PASSWORD)).await.unwrap();
        let client = stage.nobody.with_bearer(&tokens.access_token);
        let me = client.call(GetMe {}).await.unwrap();
        assert_eq!((me.name.as_str(), me.company_name.as_deref()), ("한지우", Some("윤슬로보틱스")));
        assert_eq!(me.roles, Roles::of([Role::Mentee]));
        assert_eq!(tokens.expires_in, 600);
        assert_eq!(client.call(CheckToken {}).await.unwrap().expires_in, 600);
        stage.clock.advance(Duration::seconds(611));
        assert_eq!(refused(client.call(GetMe {}).await).code, Code::TokenExpired);
    }

    async fn every_failure_to_sign_in_looks_the_same(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let mut answers = Vec::new();
        for (email, password) in [(team.mentee.email.as_str(), "wrong wrong wrong"), ("nobody@nowhere.example", PASSWORD)] {
            let mut problem = refused(stage.nobody.call(login(email, password)).await);
            problem.request_id = String::new();
            answers.push(problem);
        }
        assert_eq!(answers[0], answers[1]);
        assert_eq!(answers[0].code, Code::WrongCredentials);
    }

    async fn guessing_is_slowed_down(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let mut codes = Vec::new();
        for _ in 0..8 {
            codes.push(refused(stage.nobody.call(login(&team.mentee.email, "wrong wrong wrong")).await).code);
        }
        assert_eq!(codes[0], Code::WrongCredentials);
        assert_eq!(codes[7], Code::TooManyRequests);
        let throttled = stage.nobody.call(login(&team.mentee.email, PASSWORD)).await;
        assert!(throttled.err().and_then(|error| error.retry_after()).is_some_and(|seconds| seconds > 0));
        stage.clock.advance(Duration::minutes(5));
        stage.nobody.call(login(&team.mentee.email, PASSWORD)).await.unwrap();
    }

    async fn refresh_tokens_rotate_and_the_absolute_end_stays(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let first = stage.nobody.call(login(&team.mentee.email, PASSWORD)).await.unwrap();
        let mut tokens = first.clone();
        for _ in 0..5 {
            stage.clock.advance(Duration::days(5));
            tokens = refresh(stage, &tokens.refresh_token).await.unwrap();
            assert_eq!(tokens.session_ends_at, first.session_ends_at);
        }
        stage.clock.advance(Duration::days(6));
        assert_eq!(refused(refresh(stage, &tokens.refresh_token).await).code, Code::Unauthenticated);
    }

    async fn a_lost_reply_is_forgiven_but_reuse_ends_the_sign_in(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let first = stage.nobody.call(login(&team.mentee.email, PASSWORD)).await.unwrap();
        let lost = refresh(stage, &first.refresh_token).await.unwrap();
        let second = refresh(stage, &first.refresh_token).await.unwrap();
        assert_eq!(refused(refresh(stage, &lost.refresh_token).await).code, Code::TokenReused, "the lost pair is void");
        settle().await;
        let client = stage.nobody.with_bearer(&second.access_token);
        assert_eq!(refused(client.call(GetMe {}).await).code, Code::TokenExpired, "and its use ended the sign-in");

        let again = stage.nobody.call(login(&team.mentee.email, PASSWORD)).await.unwrap();
        let next = refresh(stage, &again.refresh_token).await.unwrap();
        refresh(stage, &next.refresh_token).await.unwrap();
        assert_eq!(refused(refresh(stage, &again.refresh_token).await).code, Code::TokenReused, "R1, R2, R1");
        assert!(stage.mails().await.iter().any(|mail| mail.contains("로그인 토큰이 다시 쓰여서")), "the person is told");
    }

    async fn twenty_refreshes_at_once_leave_one_living_chain(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let first = stage.nobody.call(login(&team.mentee.email, PASSWORD)).await.unwrap();
        let attempts = (0..20).map(|_| {
            let (client, token) = (stage.nobody.clone(), first.refresh_token.clone());
            tokio::spawn(async move { client.call(Refresh { token: RefreshToken { refresh_token: token } }).await })
        });
        let mut pairs = Vec::new();
        for attempt in attempts.collect::<Vec<_>>() {
            pairs.push(attempt.await.unwrap().expect("each is answered with a pair"));
        }
        let mut living = 0;
        // The newest is tried first: an older one would count as reuse.
        for pair in &pairs {
            let mut tx = stage.db.read().await.unwrap();
            let row = Unscoped::new(&mut tx)
                .refresh_token(&api::secret::digest(&pair.refresh_token), stage.clock.now()).await.unwrap().unwrap();
            living += i32::from(!row.withdrawn);
        }
        assert_eq!(living, 1);
    }

    async fn signing_out_ends_the_token_at_once(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let tokens = stage.nobody.call(login(&team.mentee.email, PASSWORD)).await.unwrap();
        let client = stage.nobody.with_bearer(&tokens.access_token);
        client.call(Logout {}).await.unwrap();
        settle().await;
        assert_eq!(refused(client.call(GetMe {}).await).code, Code::TokenExpired);
        assert_eq!(refused(refresh(stage, &tokens.refresh_token).await).code, Code::Unauthenticated);
    }

    async fn devices_are_listed_and_ended_and_are_nobody_elses(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        for _ in 0..3 {
            stage.nobody.call(login(&team.mentee.email, PASSWORD)).await.unwrap();
        }
        let sessions = team.mentee.call(ListSessions {}).await.unwrap().items;
        assert_eq!(sessions.len(), 4);
        assert_eq!(sessions.iter().filter(|session| session.is_current).count(), 1);
        let other = sessions.iter().find(|session| !session.is_current).unwrap().session_id;
        let refusal = refused(team.mentor.call(EndSession { session_id: other }).await);
        assert_eq!(refusal.code, Code::NotFound, "somebody else's device is not there");
        team.mentee.call(EndSession { session_id: other }).await.unwrap();
        team.mentee.call(EndOtherSessions {}).await.unwrap();
        assert_eq!(team.mentee.call(ListSessions {}).await.unwrap().items.len(), 1);
    }

    async fn changing_the_password_needs_the_old_one_and_ends_other_devices(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let elsewhere = stage.nobody.call(login(&team.mentee.email, PASSWORD)).await.unwrap();
        let change = |current: &str, new: &str| ChangePassword {
            change: PasswordChange { current_password: current.to_owned(), new_password: new.to_owned() },
        };
        assert_eq!(bad_fields(team.mentee.call(change("wrong", OTHER)).await), ["current_password wrong_password"]);
        assert_eq!(bad_fields(team.mentee.call(change(PASSWORD, "aaaaaaaaaa")).await), ["new_password password_too_easy"]);
        assert_eq!(bad_fields(team.mentee.call(change(PASSWORD, "short")).await), ["new_password too_short"]);
        team.mentee.call(change(PASSWORD, OTHER)).await.unwrap();
        settle().await;
        let client = stage.nobody.with_bearer(&elsewhere.access_token);
        assert_eq!(refused(client.call(GetMe {}).await).code, Code::TokenExpired);
        team.mentee.call(GetMe {}).await.unwrap();
        stage.nobody.call(login(&team.mentee.email, OTHER)).await.unwrap();
    }

    async fn a_forgotten_password_is_reset_once_by_the_mailed_link(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let forgot = |email: &str| ForgotPassword { forgotten: ForgottenPassword { email: email.to_owned() } };
        stage.nobody.call(forgot("nobody@nowhere.example")).await.unwrap();
        stage.nobody.call(forgot(&team.mentee.email)).await.unwrap();
        assert_eq!(stage.mails().await.len(), 1, "an unknown address gets none, and the same answer");
        let token = stage.link_token("reset").await;
        let reset = || ResetPassword { reset: PasswordReset { token: token.clone(), new_password: OTHER.to_owned() } };
        stage.nobody.call(reset()).await.unwrap();
        assert_eq!(refused(stage.nobody.call(reset()).await).code, Code::LinkInvalid);
        stage.nobody.call(login(&team.mentee.email, OTHER)).await.unwrap();
        settle().await;
        assert_eq!(refused(team.mentee.call(GetMe {}).await).code, Code::TokenExpired);
    }

    async fn a_reset_link_ends_after_an_hour(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let forgotten = ForgottenPassword { email: team.mentee.email.clone() };
        stage.nobody.call(ForgotPassword { forgotten }).await.unwrap();
        let token = stage.link_token("reset").await;
        stage.clock.advance(Duration::minutes(61));
        let reset = PasswordReset { token, new_password: OTHER.to_owned() };
        assert_eq!(refused(stage.nobody.call(ResetPassword { reset }).await).code, Code::LinkInvalid);
    }

    async fn an_invitation_sets_the_first_password(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let mut tx = stage.db.write().await.unwrap();
        tx.query("UPDATE users SET status = 'invited', password_hash = NULL WHERE user_id = $1")
            .bind(team.mentee.user_id).execute().await.unwrap();
        let mut store = Unscoped::new(&mut tx);
        let account = store.account(team.mentee.user_id).await.unwrap().unwrap();
        api::resources::auth::invite(&stage.app, &mut store, &account, stage.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(refused(stage.nobody.call(login(&team.mentee.email, PASSWORD)).await).code, Code::WrongCredentials);
        let token = stage.link_token("invitation").await;
        let shown = stage.nobody.call(ShowInvitation { link: LinkToken { token: token.clone() } }).await.unwrap();
        assert_eq!((shown.name.as_str(), shown.company_name.as_deref()), ("한지우", Some("윤슬로보틱스")));
        let accept = |password: &str| AcceptInvitation {
            acceptance: InvitationAcceptance { token: token.clone(), new_password: password.to_owned() },
        };
        assert_eq!(bad_fields(stage.nobody.call(accept("윤슬로보틱스 지우")).await), ["new_password too_short"]);
        let tokens = stage.nobody.call(accept(OTHER)).await.unwrap();
        stage.nobody.with_bearer(&tokens.access_token).call(GetMe {}).await.unwrap();
        assert_eq!(refused(stage.nobody.call(accept(OTHER)).await).code, Code::LinkInvalid);
    }

    async fn language_and_theme_are_kept(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let patch = MePatch { locale: Some(Locale::En), theme: None };
        team.mentee.call(UpdateMe { patch }).await.unwrap();
        let patch = MePatch { locale: None, theme: Some(Theme::Dark) };
        let me = team.mentee.call(UpdateMe { patch }).await.unwrap();
        assert_eq!((me.locale, me.theme), (Locale::En, Theme::Dark));
    }

    async fn the_first_operator_needs_the_printed_token_once(stage: Stage) {
        let set_up = |token: &str| SetUp {
            operator: FirstOperator {
                token: token.to_owned(), email: "op@naru.example".to_owned(), family_name: "운".to_owned(),
                given_name: "영".to_owned(), password: PASSWORD.to_owned(),
            },
        };
        assert!(!stage.nobody.call(GetSetup {}).await.unwrap().is_open);
        assert_eq!(refused(stage.nobody.call(set_up("x")).await).code, Code::AlreadySetUp);
        let mut tx = stage.db.write().await.unwrap();
        Unscoped::new(&mut tx).set_fact(api::resources::auth::SETUP_TOKEN, &api::secret::digest("printed")).await.unwrap();
        tx.commit().await.unwrap();
        assert!(stage.nobody.call(GetSetup {}).await.unwrap().is_open);
        assert_eq!(bad_fields(stage.nobody.call(set_up("guess")).await), ["token wrong_token"]);
        let tokens = stage.nobody.call(set_up("printed")).await.unwrap();
        assert_eq!(tokens.me.roles, Roles::of([Role::Operator]));
        assert_eq!(refused(stage.nobody.call(set_up("printed")).await).code, Code::AlreadySetUp);
    }

    async fn an_old_hash_is_replaced_at_the_first_sign_in(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        // base64(hashlib.pbkdf2_hmac('sha256', b'harbour lights and 42 boats', b'salt', 1000))
        let django = "pbkdf2_sha256$1000$salt$tvNUsYh2aveLa58vs0JD9mI212cHbswgWh0ln9f2wug=";
        let mut tx = stage.db.write().await.unwrap();
        tx.query("UPDATE users SET password_hash = $2 WHERE user_id = $1")
            .bind(team.mentee.user_id).bind(django).execute().await.unwrap();
        tx.commit().await.unwrap();
        stage.nobody.call(login(&team.mentee.email, PASSWORD)).await.unwrap();
        let mut tx = stage.db.read().await.unwrap();
        let account = Unscoped::new(&mut tx).account(team.mentee.user_id).await.unwrap().unwrap();
        assert!(account.password_hash.unwrap().starts_with("$argon2id$"));
    }
}
