//! Departments of the caller's company.
//!
//! A company has few of them, so the tree is read whole and ordered by whoever asks.

use crate::{Result, Within};
use contract::{DepartmentId, departments::Department};

macro_rules! departments {
    ($rest:literal) => {
        concat!(
            "SELECT d.department_id, d.company_id, d.parent_id, d.name, d.description, d.is_active,
                    (SELECT count(*) FROM users u
                     WHERE u.company_id = $1 AND u.department_id = d.department_id) AS people
             FROM departments d
             WHERE d.company_id = $1",
            $rest
        )
    };
}

/// A department as it is to be.
#[derive(Debug, Clone)]
pub struct NewDepartmentRow {
    pub parent_id: Option<DepartmentId>,
    pub name: String,
    pub description: String,
    pub is_active: bool,
}

/// What hangs on a department.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Hangers {
    pub people: i64,
    pub departments: i64,
    pub curricula: i64,
}

impl Within {
    /// Holds off every other change of the company's organisation until the transaction ends: what is counted
    /// after this (admins left, departments above) stays as counted.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn lock_company(&mut self) -> Result<()> {
        self.company_query("UPDATE companies SET is_active = is_active WHERE company_id = $1")
            .execute()
            .await
            .map(drop)
    }

    /// All of them, in no particular order.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn departments(&mut self) -> Result<Vec<Department>> {
        self.company_query(departments!("")).all().await
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn department(&mut self, department_id: DepartmentId) -> Result<Option<Department>> {
        self.company_query(departments!(" AND d.department_id = $2")).bind(department_id).optional().await
    }

    /// # Errors
    /// [`crate::Error::Taken`] when a sibling has the name.
    pub async fn create_department(&mut self, department: NewDepartmentRow) -> Result<DepartmentId> {
        let (department_id,) = self
            .company_query(
                "INSERT INTO departments (company_id, parent_id, name, description, is_active)
                 VALUES ($1, $2, $3, $4, $5)
                 RETURNING department_id",
            )
            .bind(department.parent_id)
            .bind(department.name)
            .bind(department.description)
            .bind(department.is_active)
            .one()
            .await?;
        Ok(department_id)
    }

    /// # Errors
    /// [`crate::Error::Taken`] when a sibling has the name.
    pub async fn update_department(
        &mut self,
        department_id: DepartmentId,
        department: NewDepartmentRow,
    ) -> Result<()> {
        self.company_query(
            "UPDATE departments SET parent_id = $3, name = $4, description = $5, is_active = $6
             WHERE company_id = $1 AND department_id = $2",
        )
        .bind(department_id)
        .bind(department.parent_id)
        .bind(department.name)
        .bind(department.description)
        .bind(department.is_active)
        .execute()
        .await
        .map(drop)
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn what_hangs_on_department(&mut self, department_id: DepartmentId) -> Result<Hangers> {
        self.company_query(
            "SELECT (SELECT count(*) FROM users WHERE company_id = $1 AND department_id = $2) AS people,
                    (SELECT count(*) FROM departments WHERE company_id = $1 AND parent_id = $2) AS departments,
                    (SELECT count(*) FROM curricula WHERE company_id = $1 AND department_id = $2) AS curricula",
        )
        .bind(department_id)
        .one()
        .await
    }

    /// `false` when there is no such department.
    ///
    /// # Errors
    /// [`crate::Error::Reference`] when something hangs on it.
    pub async fn delete_department(&mut self, department_id: DepartmentId) -> Result<bool> {
        let deleted = self
            .company_query("DELETE FROM departments WHERE company_id = $1 AND department_id = $2")
            .bind(department_id)
            .execute()
            .await?;
        Ok(deleted > 0)
    }
}
