//! sqlx's connections, options, transactions and statements, of which the embedded engine has none: nobody can
//! make one, so there is nothing to do in any of their functions.

use super::{Arguments, Column, Kind, Sqlite};
use either::Either;
use log::LevelFilter;
use sqlx::{
    ColumnIndex, ConnectOptions, Connection, Error, FromRow, IntoArguments, Result, SqlStr, Statement,
    Transaction, query::Query,
};
use sqlx_core::{query_as::QueryAs, query_scalar::QueryScalar, transaction::TransactionManager};
use std::{str::FromStr, time::Duration};
use url::Url;

#[derive(Debug, Clone)]
pub enum Nobody {}

impl FromStr for Nobody {
    type Err = Error;

    fn from_str(_: &str) -> Result<Self> {
        Err(Error::WorkerCrashed)
    }
}

impl ConnectOptions for Nobody {
    type Connection = Self;

    fn from_url(_: &Url) -> Result<Self> {
        Err(Error::WorkerCrashed)
    }

    async fn connect(&self) -> Result<Self> {
        match *self {}
    }

    fn log_statements(self, _: LevelFilter) -> Self {
        self
    }

    fn log_slow_statements(self, _: LevelFilter, _: Duration) -> Self {
        self
    }
}

impl Connection for Nobody {
    type Database = Sqlite;
    type Options = Self;

    async fn close(self) -> Result<()> {
        match self {}
    }

    async fn close_hard(self) -> Result<()> {
        match self {}
    }

    async fn ping(&mut self) -> Result<()> {
        match *self {}
    }

    async fn begin(&mut self) -> Result<Transaction<'_, Sqlite>> {
        match *self {}
    }

    fn shrink_buffers(&mut self) {}

    async fn flush(&mut self) -> Result<()> {
        match *self {}
    }

    fn should_flush(&self) -> bool {
        match *self {}
    }
}

impl TransactionManager for Nobody {
    type Database = Sqlite;

    async fn begin(nobody: &mut Self, _: Option<SqlStr>) -> Result<()> {
        match *nobody {}
    }

    async fn commit(nobody: &mut Self) -> Result<()> {
        match *nobody {}
    }

    async fn rollback(nobody: &mut Self) -> Result<()> {
        match *nobody {}
    }

    fn start_rollback(_: &mut Self) {}

    fn get_transaction_depth(nobody: &Self) -> usize {
        match *nobody {}
    }
}

impl ColumnIndex<Nobody> for str {
    fn index(&self, nobody: &Nobody) -> Result<usize> {
        match *nobody {}
    }
}

impl Statement for Nobody {
    type Database = Sqlite;

    fn into_sql(self) -> SqlStr {
        match self {}
    }

    fn sql(&self) -> &SqlStr {
        match *self {}
    }

    fn parameters(&self) -> Option<Either<&[Kind], usize>> {
        match *self {}
    }

    fn columns(&self) -> &[Column] {
        match *self {}
    }

    fn query(&self) -> Query<'_, Sqlite, Arguments> {
        match *self {}
    }

    fn query_with<A>(&self, _: A) -> Query<'_, Sqlite, A>
    where
        A: IntoArguments<Sqlite>,
    {
        match *self {}
    }

    fn query_as<O>(&self) -> QueryAs<'_, Sqlite, O, Arguments>
    where
        O: for<'r> FromRow<'r, super::Row>,
    {
        match *self {}
    }

    fn query_as_with<'s, O, A>(&'s self, _: A) -> QueryAs<'s, Sqlite, O, A>
    where
        O: for<'r> FromRow<'r, super::Row>,
        A: IntoArguments<Sqlite>,
    {
        match *self {}
    }

    fn query_scalar<O>(&self) -> QueryScalar<'_, Sqlite, O, Arguments>
    where
        (O,): for<'r> FromRow<'r, super::Row>,
    {
        match *self {}
    }

    fn query_scalar_with<'s, O, A>(&'s self, _: A) -> QueryScalar<'s, Sqlite, O, A>
    where
        (O,): for<'r> FromRow<'r, super::Row>,
        A: IntoArguments<Sqlite>,
    {
        match *self {}
    }
}
