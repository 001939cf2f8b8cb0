//! `leitwerk release VERSION`: makes the draft a release that stays.

use clap::Args;
use jiff::civil::Date;

use super::{Consent, Ending, Session, counted, stdout_colours, window_width, world};
use crate::changes;
use crate::diagnostic::{self, Diagnostic, Diagnostics};
use crate::history;
use crate::pending;
use crate::release::{self, Prepared, Request};
use crate::render::theme;
use crate::report::{Report, terminal};
use crate::resolve::Validity;
use crate::source::Files;
use crate::world::World;

/// Make the draft a release: sealed, numbered, with addresses that stay
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The new version
    version: String,
    /// First day in force [default: the day of the release]
    #[arg(long, value_name = "YYYY-MM-DD")]
    valid_from: Option<Date>,
    #[command(flatten)]
    consent: Consent,
}

pub(super) fn run(session: &Session, arguments: &Arguments) -> Ending {
    let world = world(None);
    let root = session.root();
    let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
    crate::check(&world, &root, &mut files, &mut diagnostics);
    let checked = session.report(&mut diagnostics, &files);
    if diagnostic::has_errors(&diagnostics) {
        return checked;
    }
    let request = Request { version: arguments.version.clone(), valid_from: arguments.valid_from };
    let told = std::mem::take(&mut diagnostics);
    let prepared = release::cut(&world, &root, &request, &mut files, &mut diagnostics);
    // What is wrong with the site as it is was told above.
    let is_new = |found: &Diagnostic| !told.iter().any(|other| other.code == found.code && other.args == found.args);
    diagnostics.retain(is_new);
    let ending = session.report(&mut diagnostics, &files);
    let Some(prepared) = prepared else { return ending };
    session.say(&changes_of(session, &prepared));
    session.say(&summary(&prepared, world.today()));
    if let Err(ending) = arguments.consent.ask(session, &format!("Release {}?", arguments.version)) {
        return ending;
    }
    if let Err(found) = pending::apply(&world, &root, &prepared.steps) {
        return session.report(&mut vec![found], &files);
    }
    session.say(&format!("released {}: content/guidelines/{0}\n", arguments.version));
    Ending::Fine
}

/// What the release changes against the one it follows, as `diff` tells it.
fn changes_of(session: &Session, prepared: &Prepared) -> String {
    let project = &prepared.project;
    let pairs = prepared.sealed.iter().filter_map(|&to| Some((project.history.editions[to].predecessor?, to)));
    let show = |(from, to): (usize, usize)| {
        let (old, new) = (project.history.side(from), project.history.side(to));
        let changes = changes::between(&project.history, &project.sources, from, to);
        let (from, to) = (history::label(&project.sources, from), history::label(&project.sources, to));
        let locale = theme::built_in_locale(&project.sources.config.language);
        let report = Report { changes: &changes, from: &from, to: &to, old, new, locale: &locale };
        let look = terminal::Look { width: window_width(), colour: stdout_colours(&session.shared) };
        terminal::render(&report, look)
    };
    pairs.map(show).collect()
}

fn summary(prepared: &Prepared, today: Date) -> String {
    let (sources, history) = (&prepared.project.sources, &prepared.project.history);
    let validity = Validity::new(sources, today);
    let line = |&edition: &usize| {
        let (text, version) = (&history.editions[edition].text, history::label(sources, edition));
        let in_force = match history::source(sources, edition).valid_from {
            Some(day) if validity.comes_into_force(edition) => format!("in force from {day}"),
            _ => "never in force, as another has replaced what it follows".to_owned(),
        };
        let (chapters, paragraphs) = (counted(text.chapters.len(), "chapter"), counted(text.blocks.len(), "paragraph"));
        let addresses = prepared.addresses;
        format!("\nrelease {version} of {today}, {in_force}: {chapters}, {paragraphs}, {addresses} new addresses\n")
    };
    prepared.sealed.iter().map(line).collect()
}
