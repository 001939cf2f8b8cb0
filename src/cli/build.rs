//! `leitwerk build`: writes the site.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::{Ending, Session, print, world};
use crate::config::BaseUrl;
use crate::diagnostic::Diagnostics;
use crate::render::Indexing;
use crate::source::Files;
use crate::world::World;
use crate::{BuildOptions, write};

/// Build the site
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Folder to write to [default: `public` in the site's folder]
    #[arg(short, long, value_name = "DIR", env = "LEITWERK_OUTPUT")]
    output: Option<PathBuf>,
    /// Publish the draft too
    #[arg(long)]
    drafts: bool,
    /// Address of the start page, in place of the one in `site.toml`
    #[arg(long, value_name = "URL", env = "LEITWERK_BASE_URL")]
    base_url: Option<BaseUrl>,
    /// Build as of this day instead of today
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
    /// Number of threads [default: one a processor]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Leave out the indexes of the search
    #[arg(long)]
    no_search_index: bool,
    /// Print how long each stage took
    #[arg(long)]
    timings: bool,
}

pub(super) fn run(session: &Session, arguments: &Arguments) -> Ending {
    let world = world(arguments.date);
    let root = session.root();
    let output = arguments.output.clone().unwrap_or_else(|| root.join("public"));
    let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
    if let Some(threads) = arguments.threads {
        // Fails only if a pool was made before, and none was.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads.max(1)).build_global();
    }
    // Where there is no site, that is what is said.
    if world.kind(&root.join("site.toml")).is_some()
        && let Err(found) = write::check_target(&world, &root, &output)
    {
        diagnostics.push(found);
        return session.report(&mut diagnostics, &files);
    }
    let options = BuildOptions {
        drafts: arguments.drafts,
        base_url: arguments.base_url.clone(),
        indexing: if arguments.no_search_index { Indexing::No } else { Indexing::Reusing(output.clone()) },
    };
    let built = crate::build(&world, &root, &options, &mut files, &mut diagnostics);
    let Some(mut built) = built else { return session.report(&mut diagnostics, &files) };
    let written = match write::write(&world, &root, &output, &built.rendered.files) {
        Ok(written) => written,
        Err(found) => {
            diagnostics.push(found);
            return session.report(&mut diagnostics, &files);
        }
    };
    built.laps.end("write", &world);
    let ending = session.report(&mut diagnostics, &files);
    if arguments.timings {
        print(&built.laps.to_string());
    }
    if let Some(date) = built.next_change.filter(|_| !session.shared.quiet) {
        print(&format!("build again on {date}: then the site changes by itself\n"));
    }
    if !session.shared.quiet {
        let seconds = world.clock().as_secs_f64();
        print(&format!(
            "{} pages, {} files written, {} unchanged, {} removed in {seconds:.2} s: {}\n",
            built.rendered.pages,
            written.written,
            written.unchanged,
            written.removed,
            output.display()
        ));
    }
    ending
}
