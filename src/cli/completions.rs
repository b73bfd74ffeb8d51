//! `torikumi completions`: what makes a shell complete commands, options and file names.

use super::source::Delivery;
use super::{Cli, Outcome};
use clap::CommandFactory;
use clap_complete::Shell;

/// Write the completions of a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    torikumi completions bash -o ~/.local/share/bash-completion/completions/torikumi\n  \
    torikumi completions fish -o ~/.config/fish/completions/torikumi.fish\n  \
    torikumi completions powershell >> $PROFILE")]
pub(crate) struct Args {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
    #[command(flatten)]
    delivery: Delivery,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "torikumi", &mut script);
    args.delivery.deliver(|out| out.write_all(&script))
}
