//! stub
use clap::Args;
use std::process::ExitCode;
/// Demo
#[derive(Args)]
pub(super) struct Demo {}
impl Demo {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        Ok(ExitCode::SUCCESS)
    }
}
