//! `leitwerk permalinks`: which addresses are permanent, which would be lost, and which are new.

use clap::Args;

use super::{Ending, Session, world};
use crate::diagnostic::Diagnostics;
use crate::pending;
use crate::release;
use crate::source::Files;

/// List the addresses that are not permanent yet; fail if a permanent one would be lost
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Make them permanent
    #[arg(long)]
    accept: bool,
}

pub(super) fn run(session: &Session, arguments: &Arguments) -> Ending {
    let world = world(None);
    let root = session.root();
    let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
    let found = release::permanent(&world, &root, &mut files, &mut diagnostics);
    let ending = session.report(&mut diagnostics, &files);
    let Some(found) = found else { return ending };
    let recorded = found.recorded;
    if found.new.is_empty() {
        session.say(&format!("{recorded} permanent addresses, none is new\n"));
        return Ending::Fine;
    }
    let list: String = found.new.iter().map(|address| format!("{address}\n")).collect();
    session.say(&list);
    let new = found.new.len();
    if !arguments.accept {
        session.say(&format!(
            "{recorded} permanent addresses, {new} are new: `leitwerk permalinks --accept` keeps them\n"
        ));
        return Ending::Fine;
    }
    match pending::apply(&world, &root, &[found.step]) {
        Ok(()) => {
            session.say(&format!("{} permanent addresses, {new} of them new\n", recorded + new));
            Ending::Fine
        }
        Err(found) => session.report(&mut vec![found], &files),
    }
}
