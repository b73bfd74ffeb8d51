//! `torikumi rules`: the built-in rule packs, the test of a pack, a pack to start from.

use super::files::{self, Input};
use super::source::{Delivery, Opening};
use super::{Outcome, complain};
use std::path::Path;
use torikumi::Options;
use torikumi::document::Document;
use torikumi::report::rules::{Rules, draft};

/// List, show, test and start rule packs
///
/// A rule pack is a TOML file with the vocabulary of a form and the patterns of its values. The pack of a document is
/// chosen by evidence; `extract --rules FILE` uses your own.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  torikumi rules list\n  torikumi rules show general > general.toml\n  torikumi rules test my-city.toml\n  torikumi rules new report.pdf > my-city.toml"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Name the built-in packs
    List,
    /// Write a built-in pack as TOML
    Show {
        /// Name of the pack
        name: String,
    },
    /// Run the examples of packs and say which fail
    Test {
        /// Packs (TOML)
        #[arg(required = true, value_name = "FILE")]
        packs: Vec<Input>,
    },
    /// Write a pack to start from: the headings, year labels and grades that a document prints
    New {
        /// A document (PDF, .txt, .md or .html); `-` for standard input
        #[arg(value_name = "FILE")]
        document: Input,
        #[command(flatten)]
        opening: Opening,
        #[command(flatten)]
        delivery: Delivery,
    },
}

pub(crate) fn run(args: &Args) -> Outcome {
    match &args.command {
        Command::List => list(),
        Command::Show { name } => show(name),
        Command::Test { packs } => packs.iter().map(test).max().unwrap_or(Outcome::Done),
        Command::New { document, opening, delivery } => new(document, opening, delivery),
    }
}

fn list() -> Outcome {
    files::deliver(None, |out| {
        for pack in Rules::built_in() {
            let extends = pack.extends.as_deref().map(|base| format!(" (extends {base})")).unwrap_or_default();
            writeln!(out, "{:<10} {}{extends}", pack.name, pack.description)?;
        }
        Ok(())
    })
}

fn show(name: &str) -> Outcome {
    let Some(source) = Rules::source(name) else {
        let names: Vec<_> = Rules::built_in().iter().map(|pack| pack.name.as_str()).collect();
        complain(name, &format_args!("no built-in pack has this name: there are {}", names.join(", ")));
        return Outcome::Failed;
    };
    files::deliver(None, |out| out.write_all(source.as_bytes()))
}

fn test(pack: &Input) -> Outcome {
    let text = match pack.read() {
        Ok(bytes) => String::from_utf8(bytes),
        Err(failure) => {
            complain(&pack.label(), &failure);
            return Outcome::Failed;
        }
    };
    let Ok(text) = text else {
        complain(&pack.label(), &"not UTF-8: save the pack as UTF-8");
        return Outcome::Failed;
    };
    let (examples, failures) = Rules::check(&text, &pack.label());
    if failures.is_empty() {
        return files::deliver(None, |out| writeln!(out, "{}: {examples} examples hold", pack.label()));
    }
    for failure in &failures {
        complain(&format!("{}:{}", failure.file, failure.line), &failure.what);
    }
    Outcome::Failed
}

fn new(document: &Input, opening: &Opening, delivery: &Delivery) -> Outcome {
    match read(document, opening) {
        Ok(read) => {
            let name = document.name();
            let name =
                Path::new(&name).file_stem().map_or_else(|| name.clone(), |stem| stem.to_string_lossy().into_owned());
            delivery.deliver(|out| out.write_all(draft(&read, &name).as_bytes()))
        }
        Err(failure) => {
            complain(&document.label(), &failure);
            Outcome::Failed
        }
    }
}

fn read(input: &Input, opening: &Opening) -> torikumi::Result<Document> {
    let options = Options { pdf: opening.options(), ..Options::default() };
    torikumi::read(&input.read()?, &input.name(), &options).map(|(document, _)| document)
}
