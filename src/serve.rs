//! `leitwerk serve`: the site from memory, built again after each change, shown in browsers that follow it.
//!
//! One thread builds and waits for changes (`builder`, `watch`), another answers browsers (`http`), a third makes the
//! indexes of the search once nothing changes (`indexing`); between them stands the site as it is shown (`shown`). Nothing
//! is written to the disk. What is added to a page, its script and its style, is added to the answer and not to the page.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::world::OsWorld;

mod builder;
pub mod editor;
mod http;
mod indexing;
mod settle;
mod shown;
mod watch;

pub use builder::{Round, Told};
use editor::Editor;
use shown::Shown;

/// What a preview is asked for.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where to listen.
    pub host: IpAddr,
    /// The port; `None` for the usual one, or the next that is free.
    pub port: Option<u16>,
    /// Whether the draft is part of the site.
    pub drafts: bool,
    /// How changes are noticed; `None` where the site is built once.
    pub watch: Option<Watch>,
    /// What opens a source file.
    pub editor: Editor,
}

/// How changes of files are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watch {
    /// The system tells.
    Events,
    /// All files are looked at every so often, as on network drives that tell nothing.
    Poll,
}

/// The port where none is named.
pub const PORT: u16 = 1313;
/// How many ports after it are tried.
const PORTS: u16 = 100;

/// A preview that listens and has not begun to build.
pub struct Preview {
    root: PathBuf,
    listener: TcpListener,
    options: Options,
}

impl Preview {
    /// Takes the port.
    ///
    /// # Errors
    /// [`Code::NoPort`] where it is taken.
    pub fn new(root: &Path, options: Options) -> Result<Self, Diagnostic> {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
        let listener = listener(options.host, options.port)?;
        Ok(Self { root, listener, options })
    }

    /// The address of the start page on this machine.
    pub fn address(&self) -> String {
        let mut at = self.listening();
        match at.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => at.set_ip(Ipv4Addr::LOCALHOST.into()),
            IpAddr::V6(ip) if ip.is_unspecified() => at.set_ip(Ipv6Addr::LOCALHOST.into()),
            _ => {}
        }
        format!("http://{at}/")
    }

    /// The address for others in the network, if they may ask and the machine has a name.
    pub fn address_for_others(&self) -> Option<String> {
        let at = self.listening();
        let name = http::machine_name().filter(|_| at.ip().is_unspecified())?;
        Some(format!("http://{name}:{}/", at.port()))
    }

    fn listening(&self) -> SocketAddr {
        self.listener.local_addr().unwrap_or_else(|_| SocketAddr::new(self.options.host, PORT))
    }

    /// Serves and builds until the process ends; `tell` is called after each build and when the search is ready.
    ///
    /// # Errors
    /// [`Code::NoPort`] when the server fails.
    pub fn run(self, world: &OsWorld, mut tell: impl FnMut(&Told<'_>)) -> Result<(), Diagnostic> {
        let shown = Arc::new(Shown::new(self.options.editor.clone(), self.root.clone()));
        let server = http::start(self.listener, Arc::clone(&shown), self.options.host);
        let server = server.map_err(|error| no_port(self.options.port.unwrap_or(PORT), &error))?;
        builder::run(world, &self.root, &self.options, &shown, &mut tell);
        // Without watching, what was built is served on.
        let _ = server.join();
        Ok(())
    }
}

fn listener(host: IpAddr, port: Option<u16>) -> Result<TcpListener, Diagnostic> {
    let ports = port.map_or(PORT..=PORT + PORTS, |port| port..=port);
    let mut failed = None;
    for port in ports {
        match TcpListener::bind((host, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    let error = failed.unwrap_or_else(|| std::io::ErrorKind::AddrInUse.into());
    Err(no_port(port.unwrap_or(PORT), &error))
}

fn no_port(port: u16, error: &std::io::Error) -> Diagnostic {
    Diagnostic::bare(Code::NoPort).arg("port", port).arg("error", error)
}
