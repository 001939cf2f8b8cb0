//! `leitwerk verify`: whether sealed releases are what they were.

use clap::Args;

use super::{Ending, Session, print, world};
use crate::diagnostic::{self, Diagnostics};
use crate::load;
use crate::source::Files;

/// Check that nothing of the sealed releases was altered
#[derive(Debug, Args)]
pub(super) struct Arguments {}

pub(super) fn run(session: &Session, _: &Arguments) -> Ending {
    let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
    let world = world(None);
    let sources = load::load(&world, &session.root(), &mut files, &mut diagnostics);
    // What else is wrong with the site is for `check` to say.
    let about_seals = |code: diagnostic::Code| code as u16 >= diagnostic::Code::AlteredSealedFile as u16;
    diagnostics.retain(|found| sources.is_none() || about_seals(found.code));
    let ending = session.report(&mut diagnostics, &files);
    let Some(sources) = sources else { return ending };
    if !diagnostic::has_errors(&diagnostics) && !session.shared.quiet {
        for release in sources.releases.iter().filter(|release| release.seal.is_some()) {
            let count = release.seal.as_ref().map_or(0, |seal| seal.lock.files.len());
            print(&format!("{} is what it was: {count} files\n", release.label()));
        }
    }
    ending
}
