//! `naru`: the API and the pages, and what is needed to run them.

mod command;
mod config;
mod demo;
mod doctor;
mod listen;
mod pages;
mod patient;
mod secrets;
mod service;
mod telemetry;

use clap::{Args, Parser, Subcommand};
use config::{Config, Flags};
use service::{Running, Which};
use std::{path::PathBuf, process::ExitCode};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// 나루 Naru: onboarding and mentoring for companies.
#[derive(Parser)]
#[command(version, max_term_width = 110)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

#[derive(Args)]
struct Common {
    /// Configuration file (TOML). Every key is in docs/generated/config.md.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder for the database, sessions and secrets [default: ./naru-data]
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<String>,
    /// sqlite:PATH or postgres://… [default: a file in the data folder]
    #[arg(long, global = true, value_name = "URL")]
    database_url: Option<String>,
    /// [default: 127.0.0.1:8000]
    #[arg(long, global = true, value_name = "ADDRESS:PORT")]
    api_listen: Option<String>,
    /// [default: 127.0.0.1:8001]
    #[arg(long, global = true, value_name = "ADDRESS:PORT")]
    web_listen: Option<String>,
    /// [default: 127.0.0.1:9464; off = nowhere]
    #[arg(long, global = true, value_name = "ADDRESS:PORT")]
    metrics_listen: Option<String>,
}

#[derive(Subcommand)]
enum Command {
    /// The API and the pages in one process.
    Serve(Start),
    /// The API alone.
    Api(Start),
    /// The pages alone, over an API that runs elsewhere.
    Web {
        /// Where the API is: http://10.0.0.5:8000
        #[arg(long, value_name = "URL")]
        api_url: Option<String>,
    },
    /// The API and the pages, filled with two invented companies.
    Demo,
    /// Bring the database's schema up to date.
    Migrate,
    /// Operators: those who run the installation.
    #[command(subcommand)]
    Operator(Operator),
    /// Check what this installation needs; the exit code says whether all is well.
    Doctor,
    /// Print the OpenAPI document.
    Openapi,
    /// Print the table of permissions as Markdown.
    Permissions,
    /// Print the table of configuration keys as Markdown.
    ConfigKeys,
}

#[derive(Args)]
struct Start {
    /// Wait until somebody else has brought the schema up to date.
    #[arg(long)]
    no_migrate: bool,
}

#[derive(Subcommand)]
enum Operator {
    /// Make an account that can run the installation.
    Create(command::NewOperator),
}

impl Common {
    fn flags(&self) -> Flags {
        let all = [
            ("data", &self.data),
            ("database.url", &self.database_url),
            ("api.listen", &self.api_listen),
            ("web.listen", &self.web_listen),
            ("metrics.listen", &self.metrics_listen),
        ];
        all.into_iter().filter_map(|(key, value)| Some((key, value.clone()?))).collect()
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    // Before anything speaks TLS: a process has one provider, and none by itself.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| {
            let outcome = runtime.block_on(run(cli));
            // Work that can't be cancelled must not hold up the exit.
            runtime.shutdown_background();
            outcome
        });
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("naru: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let mut flags = cli.common.flags();
    if let Command::Web { api_url: Some(url) } = &cli.command {
        flags.push(("web.api_url", url.clone()));
    }
    match &cli.command {
        Command::Openapi => return command::openapi(),
        Command::Permissions => return command::print(&command::permissions()),
        Command::ConfigKeys => return command::print(&Config::documentation()),
        _ => {}
    }
    let mut config = Config::read(cli.common.config.as_deref(), flags)?;
    telemetry::log(&config)?;
    let serves = |which, start: &Start| Running { which, migrates: !start.no_migrate, sign_ins: None };
    match cli.command {
        Command::Serve(start) => service::run(config, serves(Which::Both, &start)).await?,
        Command::Api(start) => service::run(config, serves(Which::Api, &start)).await?,
        Command::Web { .. } => {
            let running = Running { which: Which::Web, migrates: false, sign_ins: None };
            service::run(config, running).await?;
        }
        Command::Demo => {
            // Its people don't exist: nothing is sent to their addresses.
            config.smtp_url = None;
            let sign_ins = demo::load(&config).await?;
            service::run(config, Running { which: Which::Both, migrates: true, sign_ins }).await?;
        }
        Command::Migrate => command::migrate(&config).await?,
        Command::Operator(Operator::Create(operator)) => command::create_operator(&config, operator).await?,
        Command::Doctor => return doctor::examine(&config).await,
        Command::Openapi | Command::Permissions | Command::ConfigKeys => {}
    }
    Ok(ExitCode::SUCCESS)
}
