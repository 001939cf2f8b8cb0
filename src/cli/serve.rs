//! `leitwerk serve`: shows the site while it is written.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;

use clap::Args;

use super::{Ending, Session, counted, print, world_of_today};
use crate::diagnostic::{self, Diagnostics, Severity};
use crate::load;
use crate::serve::editor::Editor;
use crate::serve::{Options, Preview, Round, Told, Watch};
use crate::source::Files;

/// Names that a line of the terminal lists.
const NAMED: usize = 2;

/// Show the site in a browser while you write: built in memory, drafts included
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Build again after each change, and show it
    #[arg(short, long)]
    watch: bool,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
    /// Port to listen on [default: 1313, or the next that is free]
    #[arg(short, long, value_name = "N", env = "LEITWERK_PORT")]
    port: Option<u16>,
    /// Address to listen on; with 0.0.0.0 others in the network can look too
    #[arg(long, value_name = "ADDR", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Leave the draft out, as `build` does
    #[arg(long)]
    no_drafts: bool,
    /// Look at all files every so often instead of waiting for the system, as on network drives; with --watch
    #[arg(long, requires = "watch")]
    poll: bool,
    /// What opens source files: vscode, vscodium, cursor, zed, idea, sublime, textmate, macvim, emacs, or an address with
    /// {path} and {line}
    #[arg(long, value_name = "NAME", default_value = "vscode", env = "LEITWERK_EDITOR")]
    editor: Editor,
    /// Print how long each stage of a build took
    #[arg(long)]
    timings: bool,
}

pub(super) fn run(session: &Session, arguments: &Arguments) -> Ending {
    let watch = arguments.watch.then_some(if arguments.poll { Watch::Poll } else { Watch::Events });
    let options = Options {
        host: arguments.host,
        port: arguments.port,
        drafts: !arguments.no_drafts,
        watch,
        editor: arguments.editor.clone(),
    };
    let preview = match Preview::new(&session.root(), options) {
        Ok(preview) => preview,
        Err(found) => return session.report(&mut vec![found], &Files::default()),
    };
    let address = preview.address();
    session.say(&format!("{address}  {}\n", hint(arguments)));
    if let Some(address) = preview.address_for_others() {
        session.say(&format!("{address}  for others in the network\n"));
    }
    if arguments.open {
        // Where no browser can be opened, the address stands above.
        let _ = open::that_detached(&address);
    }
    let failed = preview.run(&world_of_today(), |told| tell(session, told, arguments.timings));
    failed.map_or_else(|found| session.report(&mut vec![found], &Files::default()), |()| Ending::Fine)
}

fn hint(arguments: &Arguments) -> &'static str {
    if arguments.watch {
        "Ctrl-C ends; changes are shown at once"
    } else {
        "Ctrl-C ends; with --watch changes are shown"
    }
}

/// One line a build, and the frames of what was found.
fn tell(session: &Session, told: &Told<'_>, timings: bool) {
    match told {
        Told::Built(round) => tell_round(session, round, timings),
        Told::Indexed(took) => {
            session.say(&format!("{}  the search is ready: indexes made in {} ms\n", time(), took.as_millis()));
        }
        Told::NotIndexed(found) => tell_findings(session, vec![found.clone()], &Files::default()),
    }
}

fn tell_round(session: &Session, round: &Round<'_>, timings: bool) {
    tell_findings(session, round.findings.clone(), round.files);
    session.say(&line(round));
    if let Some(laps) = round.laps.as_ref().filter(|_| timings) {
        print(&laps.to_string());
    }
}

fn tell_findings(session: &Session, mut findings: Diagnostics, files: &Files) {
    if session.shared.quiet {
        findings.retain(|found| found.severity == Severity::Error);
    }
    let frames = diagnostic::render_human(&findings, files, &session.catalogue, true);
    let _ = anstream::stderr().lock().write_all(frames.as_bytes());
}

/// The time of day.
fn time() -> String {
    jiff::Zoned::now().strftime("%H:%M:%S").to_string()
}

/// `14:03:22  01-ziele.md: 3 files in 41 ms, no errors, 1 warning`.
fn line(round: &Round<'_>) -> String {
    let errors = round.findings.iter().filter(|found| found.severity == Severity::Error).count();
    let warnings = round.findings.len() - errors;
    let count = |count: usize, one: &str| if count == 0 { format!("no {one}s") } else { counted(count, one) };
    let what = if errors > 0 { "the last good site stays".to_owned() } else { counted(round.rebuilt, "file") };
    let took = round.took.as_millis();
    format!(
        "{}  {}{what} in {took} ms, {}, {}\n",
        time(),
        names(round),
        count(errors, "error"),
        count(warnings, "warning")
    )
}

/// The names of what was changed: `01-ziele.md, 02-daten.md and 5 more: `.
fn names(round: &Round<'_>) -> String {
    let name = |path: &Path| path.file_name().map_or_else(|| "the day".into(), |name| load::visible(Path::new(name)));
    let named: Vec<String> = round.changed.iter().take(NAMED).map(|path| name(path)).collect();
    let more = round.changed.len() - named.len();
    match (named.is_empty(), more) {
        (true, _) => String::new(),
        (false, 0) => format!("{}: ", named.join(", ")),
        (false, more) => format!("{} and {more} more: ", named.join(", ")),
    }
}
