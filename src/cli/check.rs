//! `leitwerk check`: finds what is wrong, the draft included, and writes nothing.

use clap::{Args, ValueEnum};

use super::{Ending, Session, ending, print, world};
use crate::diagnostic::{self, Diagnostics};
use crate::source::Files;

/// Find what is wrong in the content, the draft included; write nothing
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// How to print what was found
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Frames of the source, on standard error
    Human,
    /// One line a finding
    Short,
    /// One JSON document
    Json,
}

pub(super) fn run(session: &Session, arguments: &Arguments) -> Ending {
    let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
    let root = session.root();
    crate::check(&world(None), &root, &mut files, &mut diagnostics);
    if arguments.format == Format::Human {
        let ending = session.report(&mut diagnostics, &files);
        if diagnostics.is_empty() && !session.shared.quiet {
            print("nothing wrong\n");
        }
        return ending;
    }
    diagnostic::sort(&mut diagnostics, &files);
    print(&match arguments.format {
        Format::Json => diagnostic::render_json(&diagnostics, &files, &session.catalogue),
        _ => diagnostic::render_short(&diagnostics, &files, &session.catalogue),
    });
    ending(&diagnostics, &files)
}
