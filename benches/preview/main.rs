//! How long the preview takes from the write of one file to the event that makes a browser load the page again, and how much
//! memory it holds after many of them: `cargo bench --bench preview -- SITE FILE PAGE [ROUNDS]`.
//!
//! `SITE` is changed while this runs: take a copy. `FILE` is relative to it, `PAGE` a path such as
//! `leitlinien/entwurf/betrieb/index.html`. `cargo bench --bench preview -- --large DIR` makes a site of 9,900 pages to
//! measure with.
#![allow(clippy::expect_used, clippy::panic)] // A benchmark that cannot run says why and ends.

mod large;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{IpAddr, Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use leitwerk::serve::editor::Editor;
use leitwerk::serve::{Options, Preview, Watch};
use leitwerk::world::OsWorld;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Rounds before memory is measured first: by then everything has been in use once.
const WARM: usize = 50;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let (site, file, page, rest) = match arguments.as_slice() {
        [large, folder] if large == "--large" => return large::write(Path::new(folder)).expect("the large site"),
        [site, file, page, rest @ ..] => (site, file, page, rest),
        _ => return eprintln!("usage: cargo bench --bench preview -- SITE FILE PAGE [ROUNDS], or --large DIR"),
    };
    let rounds = rest.first().and_then(|rounds| rounds.parse().ok()).unwrap_or(100);
    let file = Path::new(site).join(file);
    let before = fs::read_to_string(&file).expect("the file");
    let (address, built) = start(site.into());
    built.recv().expect("the first build");
    let events = listen(&address, page);
    let mut times = Vec::new();
    let mut memory = Vec::new();
    for round in 0..rounds {
        let begin = Instant::now();
        fs::write(&file, format!("{before}\nRunde {round} der Messung.\n")).expect("writing");
        let seen = events.recv_timeout(Duration::from_secs(30)).expect("an event");
        times.push((seen - begin).as_secs_f64() * 1e3);
        // The rest of the site is built before the next change, as it is for who writes.
        built.recv_timeout(Duration::from_secs(60)).expect("the end of the build");
        memory.extend((round + 1 >= WARM).then(resident));
    }
    fs::write(&file, before).expect("writing");
    report(times, &memory);
}

/// Serves a site; its address without the scheme, and a message for each build that ended.
fn start(site: PathBuf) -> (String, Receiver<()>) {
    let host = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let options = Options { host, port: Some(0), drafts: true, watch: Some(Watch::Events), editor: Editor::default() };
    let preview = Preview::new(&site, options).unwrap_or_else(|found| panic!("{found:?}"));
    let address = preview.address().trim_start_matches("http://").trim_end_matches('/').to_owned();
    let (sender, built) = channel();
    std::thread::spawn(move || {
        preview.run(&OsWorld::new(None), |_| {
            let _ = sender.send(());
        })
    });
    (address, built)
}

/// The moments at which a browser is told that its page is another.
fn listen(address: &str, page: &str) -> Receiver<Instant> {
    let mut stream = TcpStream::connect(address).expect("the server");
    write!(stream, "GET /__leitwerk/events?page={page} HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("asking");
    let (sender, events) = channel();
    let (ready, begun) = channel();
    std::thread::spawn(move || {
        let lines = BufReader::new(stream).lines().map_while(Result::ok);
        let mut pages = lines.filter(|line| line == "event: page");
        // The first says how things are.
        pages.next();
        let _ = ready.send(());
        for _ in pages {
            let _ = sender.send(Instant::now());
        }
    });
    begun.recv().expect("the first event");
    events
}

/// Memory that the process holds, in kilobytes.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

fn report(mut times: Vec<f64>, memory: &[u64]) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "{} rounds: median {:.1} ms, nine of ten within {:.1} ms, longest {:.1} ms",
        times.len(),
        at(0.5),
        at(0.9),
        at(1.0)
    );
    if let (Some(first), Some(last)) = (memory.first(), memory.last()) {
        let most = memory.iter().max().unwrap_or(last);
        println!(
            "memory after {WARM} rounds {} MB, at the end {} MB, at most {} MB",
            first / 1000,
            last / 1000,
            most / 1000
        );
    }
}
