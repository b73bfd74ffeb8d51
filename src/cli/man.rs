//! `torikumi man`: the manual pages, made from the help texts.

use super::{Cli, Outcome, complain, files};
use clap::builder::StyledStr;
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};
use std::io;
use std::path::{Path, PathBuf};

/// Write the manual page of the program or of a command, or all of them into a folder
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  torikumi man | man -l -\n  torikumi man extract | man -l -\n  \
                        torikumi man -o ~/.local/share/man/man1")]
pub(crate) struct Args {
    /// A command; without one, the page is about the program
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
    /// Write all pages into this folder
    #[arg(short, long, value_name = "FOLDER", conflicts_with = "command")]
    output: Option<PathBuf>,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    if let Some(folder) = &args.output {
        return all(&program, folder);
    }
    let command = match &args.command {
        Some(name) => program.find_subcommand(name),
        None => Some(&program),
    };
    let Some(command) = command else {
        complain(args.command.as_deref().unwrap_or_default(), &"is no command: 'torikumi help' lists all");
        return Outcome::Usage;
    };
    files::deliver(None, |out| out.write_all(&page(command)?))
}

/// The page of one command in roff; examples keep their lines.
fn page(command: &Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    let man = Man::new(command.clone().after_help(StyledStr::new()));
    man.render(&mut page)?;
    if let Some(help) = command.get_after_help() {
        let mut examples = Roff::new();
        examples.control("SH", ["EXAMPLES"]).control("nf", []);
        for line in help.to_string().lines().filter(|line| *line != "Examples:") {
            examples.text([roman(line)]);
        }
        examples.control("fi", []).to_writer(&mut page)?;
    }
    Ok(page)
}

fn all(program: &Command, folder: &Path) -> Outcome {
    if let Err(failure) = std::fs::create_dir_all(folder) {
        complain(&folder.display().to_string(), &format_args!("cannot be used as a folder: {failure}"));
        return Outcome::Failed;
    }
    let mut commands = vec![program];
    let mut worst = Outcome::Done;
    while let Some(command) = commands.pop() {
        commands.extend(command.get_subcommands());
        let name = command.get_display_name().unwrap_or_else(|| command.get_name());
        let path = folder.join(format!("{name}.1"));
        worst = worst.max(files::deliver(Some(&path), |out| out.write_all(&page(command)?)));
    }
    worst
}
