//! `leitwerk seal VERSION…`: seals releases whose folders have no lock.

use clap::Args;

use super::{Consent, Ending, Session, counted, world};
use crate::diagnostic::Diagnostics;
use crate::history;
use crate::pending;
use crate::release;
use crate::source::Files;

/// Seal releases that have no lock: their text, numbers and addresses stay from then on
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The versions
    #[arg(required = true, value_name = "VERSION")]
    versions: Vec<String>,
    #[command(flatten)]
    consent: Consent,
}

pub(super) fn run(session: &Session, arguments: &Arguments) -> Ending {
    let world = world(None);
    let root = session.root();
    let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
    let prepared = release::seal(&world, &root, &arguments.versions, &mut files, &mut diagnostics);
    let ending = session.report(&mut diagnostics, &files);
    let Some(prepared) = prepared else { return ending };
    for &edition in &prepared.sealed {
        let text = &prepared.project.history.editions[edition].text;
        let version = history::label(&prepared.project.sources, edition);
        let (chapters, paragraphs) = (text.chapters.len(), text.blocks.len());
        session.say(&format!(
            "seal {version}: {}, {}\n",
            counted(chapters, "chapter"),
            counted(paragraphs, "paragraph")
        ));
    }
    session.say(&format!("new addresses that stay: {}\n", prepared.addresses));
    if let Err(ending) = arguments.consent.ask(session, "Seal them for good?") {
        return ending;
    }
    match pending::apply(&world, &root, &prepared.steps) {
        Ok(()) => Ending::Fine,
        Err(found) => session.report(&mut vec![found], &files),
    }
}
