//! The real binary, on free loopback ports, stopped by signals to its own process.

mod cluster;
mod configuration;
mod database;
mod ending;
mod kept_work;
mod pages;
mod server;
mod starting;
