//! The command line. One file a command; what clap reads here is also the help.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::Project;
use crate::diagnostic::catalogue::Catalogue;
use crate::diagnostic::{self, Code, Diagnostic, Diagnostics, Severity};
use crate::history;
use crate::source::Files;
use crate::world::OsWorld;

mod archive;
mod build;
mod check;
mod diff;
mod explain;
mod import;
mod permalinks;
mod release;
mod seal;
mod serve;
mod verify;

/// Static sites for versioned guidelines: releases that stay, changes that are computed, paragraphs that can be cited
#[derive(Debug, Parser)]
#[command(name = "leitwerk", version, propagate_version = true, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    shared: Shared,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
struct Shared {
    /// Folder of the site [default: the nearest one upwards with a `site.toml`]
    #[arg(short, long, global = true, value_name = "DIR", env = "LEITWERK_ROOT")]
    root: Option<PathBuf>,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: Colour,
    /// Print errors only
    #[arg(short, long, global = true)]
    quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Arguments),
    Serve(serve::Arguments),
    Check(check::Arguments),
    Diff(diff::Arguments),
    Release(release::Arguments),
    Seal(seal::Arguments),
    Verify(verify::Arguments),
    Archive(archive::Arguments),
    Permalinks(permalinks::Arguments),
    Import(import::Arguments),
    Explain(explain::Arguments),
}

/// How a command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// All is well.
    Fine,
    /// The content has errors.
    Errors,
    /// Wrong usage or configuration.
    Usage,
    /// The system failed.
    System,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Fine => ExitCode::SUCCESS,
            Ending::Errors => ExitCode::from(1),
            Ending::Usage => ExitCode::from(2),
            Ending::System => ExitCode::from(3),
        }
    }
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let session = Session::new(cli.shared);
    let ending = match cli.command {
        Command::Build(arguments) => build::run(&session, &arguments),
        Command::Serve(arguments) => serve::run(&session, &arguments),
        Command::Check(arguments) => check::run(&session, &arguments),
        Command::Diff(arguments) => diff::run(&session, &arguments),
        Command::Release(arguments) => release::run(&session, &arguments),
        Command::Seal(arguments) => seal::run(&session, &arguments),
        Command::Verify(arguments) => verify::run(&session, &arguments),
        Command::Archive(arguments) => archive::run(&session, &arguments),
        Command::Permalinks(arguments) => permalinks::run(&session, &arguments),
        Command::Import(arguments) => import::run(&session, &arguments),
        Command::Explain(arguments) => explain::run(&session, &arguments),
    };
    ending.into()
}

/// What a command needs of its surroundings.
struct Session {
    shared: Shared,
    catalogue: Catalogue,
}

impl Session {
    fn new(shared: Shared) -> Self {
        match shared.color {
            Colour::Always => anstream::ColorChoice::Always.write_global(),
            Colour::Never => anstream::ColorChoice::Never.write_global(),
            Colour::Auto => {}
        }
        Self { shared, catalogue: Catalogue::english() }
    }

    /// The site's folder: the one given, or the nearest upwards with a `site.toml`.
    fn root(&self) -> PathBuf {
        if let Some(root) = &self.shared.root {
            return root.clone();
        }
        let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
        let found = here.ancestors().find(|folder| folder.join("site.toml").is_file()).map(Path::to_path_buf);
        found.unwrap_or(here)
    }

    /// Prints what is no finding, unless only errors are wanted.
    fn say(&self, text: &str) {
        if !self.shared.quiet {
            print(text);
        }
    }

    /// Prints findings as frames to standard error, then how many there are; says how the command ends.
    fn report(&self, diagnostics: &mut Diagnostics, files: &Files) -> Ending {
        diagnostic::sort(diagnostics, files);
        if self.shared.quiet {
            diagnostics.retain(|diagnostic| diagnostic.severity == Severity::Error);
        }
        // anstream takes the colours out where they are not wanted.
        let frames = diagnostic::render_human(diagnostics, files, &self.catalogue, true);
        let mut out = anstream::stderr().lock();
        let _ = out.write_all(frames.as_bytes());
        if !diagnostics.is_empty() {
            let _ = writeln!(out, "{}", self.count(diagnostics));
        }
        ending(diagnostics, files)
    }

    /// `2 errors, 1 warning`.
    fn count(&self, diagnostics: &[Diagnostic]) -> String {
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
        let text = |count: usize, one: &str, many: &str| {
            let args = std::collections::BTreeMap::from([("count", count.to_string())]);
            self.catalogue.text(if count == 1 { one } else { many }, None, &args).unwrap_or_default()
        };
        let parts = [
            (errors, text(errors, "errors-one", "errors-many")),
            (diagnostics.len() - errors, text(diagnostics.len() - errors, "warnings-one", "warnings-many")),
        ];
        let parts: Vec<String> = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, text)| text).collect();
        parts.join(", ")
    }
}

/// Which ending the findings call for: mistakes in settings and in arguments are wrong usage, a disk that fails is
/// the system's failure.
fn ending(diagnostics: &[Diagnostic], files: &Files) -> Ending {
    let errors = || diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    let usage = |error: &Diagnostic| {
        matches!(error.code as u16, 901..1000)
            || matches!(error.code, Code::DangerousOutput | Code::ForeignFiles | Code::NoSuchLab)
    };
    if errors().any(|error| matches!(error.code, Code::WriteFailed | Code::Unwritable | Code::NoPort)) {
        Ending::System
    } else if errors().any(|error| usage(error) || is_in_settings(error, files)) {
        Ending::Usage
    } else if errors().next().is_some() {
        Ending::Errors
    } else {
        Ending::Fine
    }
}

/// Whether a finding is about `site.toml` or a `theme.toml`.
fn is_in_settings(diagnostic: &Diagnostic, files: &Files) -> bool {
    let is_settings = |path: &Path| path == Path::new("site.toml") || path.ends_with("theme.toml");
    let in_text = diagnostic.span.is_some_and(|span| is_settings(files.get(span.file).path()));
    in_text || diagnostic.args.get("path").is_some_and(|path| is_settings(Path::new(path)))
}

/// How a command that cannot be taken back is confirmed.
#[derive(Debug, Args)]
struct Consent {
    /// Show what would happen; write nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

impl Consent {
    /// Asks the question, unless it was answered in advance. The ending where nothing is to be written.
    fn ask(&self, session: &Session, question: &str) -> Result<(), Ending> {
        if self.dry_run {
            print("nothing was written\n");
            return Err(Ending::Fine);
        }
        if self.yes {
            return Ok(());
        }
        if !std::io::stdin().is_terminal() {
            return Err(session.report(&mut vec![Diagnostic::bare(Code::NotConfirmed)], &Files::default()));
        }
        print(&format!("{question} [y/N] "));
        let _ = std::io::stdout().flush();
        let mut answer = String::new();
        let _ = std::io::stdin().read_line(&mut answer);
        if matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "j" | "ja") {
            return Ok(());
        }
        print("nothing was written\n");
        Err(Ending::Fine)
    }
}

/// `1 chapter`, `7 chapters`.
fn counted(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

/// Writes to standard output; a reader that went away, as `head` does, is no error.
fn print(text: &str) {
    let _ = anstream::stdout().lock().write_all(text.as_bytes());
}

/// Columns of the window: those that `COLUMNS` says, else those of the terminal, else 80; and no more than a reader can
/// follow from one line to the next.
fn window_width() -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || terminal_size::terminal_size().map(|(columns, _)| usize::from(columns.0).min(WIDEST));
    said.or_else(terminal).filter(|&columns| columns >= NARROWEST).unwrap_or(80)
}

/// Columns of lines that are still easy to read.
const WIDEST: usize = 100;
/// Columns below which what a window says is not believed.
const NARROWEST: usize = 40;

/// Whether standard output wants colours.
fn stdout_colours(shared: &Shared) -> bool {
    match shared.color {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
    }
}

/// The machine, with the date fixed by `date` or `SOURCE_DATE_EPOCH` if one is given.
fn world(date: Option<jiff::civil::Date>) -> OsWorld {
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse::<i64>().ok());
    let from_epoch = epoch.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    let from_epoch = from_epoch.map(|time| time.to_zoned(jiff::tz::TimeZone::UTC).date());
    OsWorld::new(date.or(from_epoch))
}

/// The machine as [`world`] has it; without a fixed date it follows the clock, as what runs for days must.
fn world_of_today() -> OsWorld {
    if std::env::var_os("SOURCE_DATE_EPOCH").is_some() { world(None) } else { OsWorld::following_the_clock() }
}

/// The release or the draft of this label, or the finding that there is none.
fn edition_of(project: &Project, label: &str) -> Result<usize, Diagnostic> {
    history::edition_named(&project.sources, 0..project.history.editions.len(), label)
}
