//! Companies and their people, signed in.

use crate::Stage;
use chrono::Duration;
use client::{CallError, Client};
use contract::{
    CompanyId, DepartmentId, Endpoint, UserId,
    auth::Locale,
    policy::{Caller, Role, Roles},
    users::UserStatus,
};
use store::{Unscoped, unscoped::NewAccount};

/// A signed-in person.
#[derive(Clone)]
pub struct Person {
    pub user_id: UserId,
    pub email: String,
    pub name: String,
    pub token: String,
    pub client: Client,
}

impl Person {
    /// Asks the API as this person.
    ///
    /// # Errors
    /// What the API refuses.
    pub async fn call<E: Endpoint>(&self, endpoint: E) -> Result<E::Reply, CallError> {
        self.client.call(endpoint).await
    }
}

/// One company with people of every kind.
pub struct Team {
    pub company_id: CompanyId,
    pub department_id: DepartmentId,
    pub admin: Person,
    pub mentor: Person,
    pub mentee: Person,
    /// A mentor who has nothing to do with the mentee.
    pub other_mentor: Person,
    pub other_mentee: Person,
}

impl Team {
    pub(crate) async fn new(stage: &Stage, name: &str) -> Self {
        let company_id = stage.next_company();
        let slug = company_id.0.replace('-', "");
        let mut tx = stage.db.write().await.expect("the database writes");
        tx.query(
            "INSERT INTO companies (company_id, name, country, time_zone, locale, working_days, is_active, created_at)
             VALUES ($1, $2, 'KR', 'Asia/Seoul', 'ko', 31, TRUE, $3)",
        )
        .bind(company_id.clone())
        .bind(name.to_owned())
        .bind(stage.clock.now())
        .execute()
        .await
        .expect("a company");
        let (department_id,): (DepartmentId,) = tx
            .query(
                "INSERT INTO departments (company_id, name, description, is_active)
                 VALUES ($1, '플랫폼개발팀', '', TRUE) RETURNING department_id",
            )
            .bind(company_id.clone())
            .one()
            .await
            .expect("a department");
        tx.commit().await.expect("a commit");
        let person = async |family: &str, given: &str, role: Role, word: &str| {
            let email = format!("{word}@c{slug}.example");
            stage
                .person(Some(&company_id), Some(department_id), (family, given), &email, Roles::of([role]))
                .await
        };
        let admin = person("정", "민재", Role::Admin, "admin").await;
        let mentor = person("박", "서연", Role::Mentor, "mentor").await;
        let mentee = person("한", "지우", Role::Mentee, "mentee").await;
        let other_mentor = person("허", "지안", Role::Mentor, "other.mentor").await;
        let other_mentee = person("홍", "준서", Role::Mentee, "other.mentee").await;
        Self { admin, mentor, mentee, other_mentor, other_mentee, company_id, department_id }
    }

    /// The person with that role.
    #[must_use]
    pub fn of(&self, role: Role) -> Option<&Person> {
        match role {
            Role::Operator => None,
            Role::Admin => Some(&self.admin),
            Role::Mentor => Some(&self.mentor),
            Role::Mentee => Some(&self.mentee),
        }
    }
}

/// The password of everybody on the stage.
pub const PASSWORD: &str = "harbour lights and 42 boats";

impl Stage {
    /// An operator, signed in.
    pub async fn operator(&self) -> Person {
        self.person(None, None, ("운", "영자"), "operator@naru.example", Roles::of([Role::Operator])).await
    }

    /// An active person with these roles, signed in.
    ///
    /// # Panics
    /// When the address is taken.
    pub async fn person(
        &self,
        company_id: Option<&CompanyId>,
        department_id: Option<DepartmentId>,
        (family_name, given_name): (&str, &str),
        email: &str,
        roles: Roles,
    ) -> Person {
        let name = hangul::display_name(family_name, given_name, hangul::Locale::Ko);
        let hash = self.app.passwords.hash(PASSWORD).await.expect("a hash");
        let now = self.clock.now();
        let mut tx = self.db.write().await.expect("the database writes");
        let mut store = Unscoped::new(&mut tx);
        let user_id = store
            .create_account(
                &NewAccount {
                    company_id,
                    department_id,
                    employee_number: None,
                    email,
                    email_key: &hangul::fold(email),
                    family_name,
                    given_name,
                    name: &name,
                    search_key: &api::rules::people::search_key(
                        family_name,
                        given_name,
                        [Some(email), None, None, None],
                        None,
                    ),
                    roles,
                    position: None,
                    job_title: None,
                    tags: &[],
                    hired_on: None,
                    status: UserStatus::Active,
                    locale: Locale::Ko,
                    password_hash: Some(&hash),
                },
                now,
            )
            .await
            .expect("a new account");
        let session_id = store
            .start_session(user_id, now + Duration::days(30), "test", "192.0.2.1", now)
            .await
            .expect("a session");
        tx.commit().await.expect("a commit");
        let caller = Caller {
            user_id,
            session_id,
            company_id: company_id.cloned(),
            department_id,
            roles,
            time_zone: "Asia/Seoul".to_owned(),
            locale: "ko".to_owned(),
        };
        let token = self.app.tokens.issue(&caller, 0, now).expect("a token");
        let client = self.nobody.with_bearer(&token);
        Person { user_id, email: email.to_owned(), name, token, client }
    }
}
