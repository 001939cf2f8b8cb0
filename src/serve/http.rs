//! Answers browsers: files of the site, and what the preview adds to them.

use std::convert::Infallible;
use std::net::{IpAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, header};
use axum::response::IntoResponse;
use axum::response::sse::{self, KeepAlive, Sse};
use axum::serve::ListenerExt;
use bytes::Bytes;
use headers::{ETag, HeaderMapExt, IfNoneMatch, Range};
use percent_encoding::percent_decode_str;
use serde_json::json;
use tokio::sync::broadcast::error::RecvError;

use super::shown::{Event, Served, Shown};
use crate::render::file_name;

mod page;

/// Where the preview's own things are.
pub const OWN: &str = "/__leitwerk/";
/// Stands for what is not there: browsers pass events over that have no data.
const NOTHING: &str = "-";
/// What the browser adds to pages.
const SCRIPT: &str = include_str!("client/preview.js");
const STYLE: &str = include_str!("client/preview.css");

/// What the answers need.
#[derive(Clone)]
struct Site {
    shown: Arc<Shown>,
    /// Whether only this machine may ask.
    is_local: bool,
    /// What the network calls this machine.
    name: Option<String>,
}

/// Starts the thread that answers.
///
/// # Errors
/// The system's where the listener cannot be used.
pub(super) fn start(listener: TcpListener, shown: Arc<Shown>, host: IpAddr) -> std::io::Result<JoinHandle<()>> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let listener = runtime.block_on(async { tokio::net::TcpListener::from_std(listener) })?;
    let site = Site { shown, is_local: host.is_loopback(), name: machine_name() };
    Ok(std::thread::spawn(move || {
        // Small answers must not wait for more to come.
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        let app = axum::Router::new().fallback(answer).with_state(site);
        // It ends with the process.
        let _ = runtime.block_on(async { axum::serve(listener, app).await });
    }))
}

async fn answer(State(site): State<Site>, request: Request<Body>) -> Response<Body> {
    let headers = request.headers();
    if !site.may_ask(headers) {
        // A page elsewhere whose name leads here must not read what is not published yet (DNS rebinding).
        return text(StatusCode::FORBIDDEN, "the preview answers only to names of this machine\n");
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut refused = text(StatusCode::METHOD_NOT_ALLOWED, "the preview is only read\n");
        refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return refused;
    }
    let Ok(path) = percent_decode_str(request.uri().path()).decode_utf8() else {
        return text(StatusCode::BAD_REQUEST, "the address is no UTF-8\n");
    };
    if let Some(own) = path.strip_prefix(OWN) {
        return own_answer(&site, own, &request);
    }
    first_build(&site.shown, &file_name(&path)).await;
    // The page for what does not exist has links with the folder in which the site will be.
    let base = site.shown.base_path();
    let path = path.strip_prefix(base.as_str()).filter(|rest| rest.starts_with('/')).unwrap_or(&path);
    site_answer(&site.shown, path, &request)
}

/// Waits for a file while the first build goes on.
async fn first_build(shown: &Shown, file: &str) {
    let mut listener = shown.listen();
    while !shown.has_built() && shown.file(file).is_none() {
        loop {
            match listener.recv().await {
                Ok(Event::File(path, _)) if path != file => {}
                Err(RecvError::Closed) => return,
                _ => break,
            }
        }
    }
}

impl Site {
    /// Whether a request names this machine: by an address, or by its name with whatever domain.
    fn may_ask(&self, headers: &HeaderMap) -> bool {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let name = host.rsplit_once(':').filter(|(_, port)| port.chars().all(|c| c.is_ascii_digit()));
        let name = name.map_or(host, |(name, _)| name).trim_start_matches('[').trim_end_matches(']');
        let is_address = name.parse::<IpAddr>();
        let is_own = name.eq_ignore_ascii_case("localhost") || name.to_ascii_lowercase().ends_with(".localhost");
        match is_address {
            Ok(address) => address.is_loopback() || !self.is_local,
            Err(_) => is_own || (!self.is_local && self.is_named(name)),
        }
    }

    fn is_named(&self, name: &str) -> bool {
        let first = name.split('.').next().unwrap_or_default();
        self.name.as_ref().is_some_and(|own| first.eq_ignore_ascii_case(own))
    }
}

/// What the network calls this machine, without its domain.
pub(super) fn machine_name() -> Option<String> {
    let name = rustix::system::uname().nodename().to_string_lossy().into_owned();
    name.split('.').next().filter(|name| !name.is_empty()).map(str::to_owned)
}

/// The script, the style, the events, and what is known of a page.
fn own_answer(site: &Site, path: &str, request: &Request<Body>) -> Response<Body> {
    match path {
        "preview.js" => typed("text/javascript; charset=utf-8", SCRIPT),
        "preview.css" => typed("text/css; charset=utf-8", STYLE),
        "events" => events(&site.shown, &asked(request, "page")).into_response(),
        "problems" => json_answer(&json!(*site.shown.problems())),
        "page" => page::notes(&site.shown, &asked(request, "page")),
        _ => text(StatusCode::NOT_FOUND, "nothing here\n"),
    }
}

/// A value of the query.
fn asked(request: &Request<Body>, key: &str) -> String {
    let query = request.uri().query().unwrap_or_default();
    let value = query.split('&').find_map(|part| part.strip_prefix(key)?.strip_prefix('='));
    percent_decode_str(value.unwrap_or_default()).decode_utf8_lossy().into_owned()
}

/// A file of the site; a folder's page where its address has no slash yet; else what is said of pages that do not exist.
fn site_answer(shown: &Arc<Shown>, path: &str, request: &Request<Body>) -> Response<Body> {
    let file = file_name(path);
    if let Some(served) = shown.file(&file) {
        return file_answer(&file, &served, request);
    }
    if !path.ends_with('/') && shown.file(&format!("{file}/index.html")).is_some() {
        let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
        // Two slashes at the beginning would lead to another host.
        let target = format!("/{}/{query}", request.uri().path().trim_matches('/'));
        let location = HeaderValue::from_str(&target).unwrap_or(HeaderValue::from_static("/"));
        // Browsers keep a permanent one, and the port is another site's tomorrow.
        let headers = [(header::LOCATION, location), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
        return (StatusCode::TEMPORARY_REDIRECT, headers).into_response();
    }
    let missing = shown.file("404.html").map(|page| page.bytes);
    let page = missing.unwrap_or_else(|| Bytes::from_static(page::UNBUILT.as_bytes()));
    let status = StatusCode::NOT_FOUND;
    let page = page::with_preview(&page, &file, NOTHING);
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], page)
        .into_response()
}

fn file_answer(file: &str, served: &Served, request: &Request<Body>) -> Response<Body> {
    let (media, is_page) = media_type(file);
    let bytes = if is_page { page::with_preview(&served.bytes, file, &served.tag) } else { served.bytes.clone() };
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_str(&media).unwrap_or(OCTETS));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let tag = format!("\"{}{}\"", served.tag, if is_page { "-p" } else { "" });
    if let Ok(tag) = tag.parse::<ETag>() {
        let is_new = request.headers().typed_get::<IfNoneMatch>().is_none_or(|known| known.precondition_passes(&tag));
        headers.typed_insert(tag);
        if !is_new {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
    }
    ranged(bytes, headers, request)
}

/// The bytes, or the range of them that is asked for; of several ranges all.
fn ranged(bytes: Bytes, mut headers: HeaderMap, request: &Request<Body>) -> Response<Body> {
    let length = bytes.len() as u64;
    // A range of what has changed since means nothing; whoever asks so gets it all.
    let range = request.headers().typed_get::<Range>().filter(|_| !request.headers().contains_key(header::IF_RANGE));
    let asked: Option<Vec<_>> = range.map(|range| range.satisfiable_ranges(length).collect());
    match asked.as_deref() {
        None | Some([_, _, ..]) => (headers, bytes).into_response(),
        Some([]) => {
            headers.typed_insert(headers::ContentRange::unsatisfied_bytes(length));
            (StatusCode::RANGE_NOT_SATISFIABLE, headers).into_response()
        }
        Some([bounds]) => {
            use std::ops::Bound::{Excluded, Included, Unbounded};
            let start = match bounds.0 {
                Included(start) => start,
                Excluded(before) => before + 1,
                Unbounded => 0,
            };
            let end = match bounds.1 {
                Included(last) => last.saturating_add(1).min(length),
                Excluded(end) => end.min(length),
                Unbounded => length,
            };
            match headers::ContentRange::bytes(start..end, length) {
                Ok(range) if start < end => {
                    headers.typed_insert(range);
                    let part = bytes.slice(usize::try_from(start).unwrap_or(0)..usize::try_from(end).unwrap_or(0));
                    (StatusCode::PARTIAL_CONTENT, headers, part).into_response()
                }
                _ => {
                    headers.typed_insert(headers::ContentRange::unsatisfied_bytes(length));
                    (StatusCode::RANGE_NOT_SATISFIABLE, headers).into_response()
                }
            }
        }
    }
}

const OCTETS: HeaderValue = HeaderValue::from_static("application/octet-stream");

/// The media type of a file, and whether it is a page.
fn media_type(file: &str) -> (String, bool) {
    let ending = file.rsplit('/').next().unwrap_or(file).rsplit_once('.').map(|(_, ending)| ending);
    let media = match ending {
        Some("md") => "text/markdown".to_owned(),
        Some("vtt") => "text/vtt".to_owned(),
        Some("js" | "mjs") => "text/javascript".to_owned(),
        None => "text/plain".to_owned(),
        Some(_) => mime_guess::from_path(file).first_or_octet_stream().to_string(),
    };
    let is_text = media.starts_with("text/") || media.ends_with("json") || media.ends_with("/xml");
    let is_page = media == "text/html";
    (if is_text && !media.contains("charset") { format!("{media}; charset=utf-8") } else { media }, is_page)
}

/// What a browser is told that shows a page: first how things are, then each change.
fn events(shown: &Arc<Shown>, page: &str) -> impl IntoResponse + use<> {
    let listener = shown.listen();
    let (shown, page) = (Arc::clone(shown), page.to_owned());
    let watching = shown.watch(&page);
    let mut first = vec![problems_event(&shown), settled_event()];
    // After a restart the page that is shown may be the one that is being made.
    if shown.has_built() || shown.file(&page).is_some() {
        first.insert(0, page_event(&shown, &page));
    }
    let stream = futures_stream(first, listener, move |event| {
        // As long as the stream lives, the page is watched.
        let _ = &watching;
        match event {
            Some(Event::File(path, tag)) if path == page => {
                vec![sse::Event::default().event("page").data(tag.unwrap_or_else(|| NOTHING.to_owned()))]
            }
            Some(Event::File(path, _)) if is_asset(&path) => {
                vec![sse::Event::default().event("asset").data(path)]
            }
            Some(Event::File(..)) => Vec::new(),
            Some(Event::Problems) => vec![problems_event(&shown)],
            Some(Event::Settled) => vec![settled_event()],
            // Some were missed: the page or what it loads may be another.
            None => vec![sse::Event::default().event("missed").data(NOTHING)],
        }
    });
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

fn page_event(shown: &Shown, page: &str) -> sse::Event {
    let tag = shown.file(page).map_or_else(|| NOTHING.to_owned(), |served| served.tag);
    sse::Event::default().event("page").retry(Duration::from_millis(400)).data(tag)
}

/// That what is known of the page may be another: a build has ended.
fn settled_event() -> sse::Event {
    sse::Event::default().event("settled").data(NOTHING)
}

fn problems_event(shown: &Shown) -> sse::Event {
    let problems = serde_json::to_string(&*shown.problems()).unwrap_or_default();
    sse::Event::default().event("problems").data(problems)
}

/// Whether pages load such a file.
fn is_asset(path: &str) -> bool {
    let (media, is_page) = media_type(path);
    let loaded = ["image/", "audio/", "video/", "font/", "text/css", "text/javascript", "application/json"];
    !is_page && loaded.iter().any(|kind| media.starts_with(kind))
}

/// The first events, then those that `tell` makes of each that is heard; `None` stands for some that were missed.
fn futures_stream(
    first: Vec<sse::Event>,
    listener: tokio::sync::broadcast::Receiver<Event>,
    tell: impl FnMut(Option<Event>) -> Vec<sse::Event> + Send + 'static,
) -> impl tokio_stream::Stream<Item = Result<sse::Event, Infallible>> + Send {
    let (sender, receiver) = tokio::sync::mpsc::channel(16);
    tokio::spawn(pass_on(first, listener, tell, sender));
    tokio_stream::wrappers::ReceiverStream::new(receiver)
}

async fn pass_on(
    first: Vec<sse::Event>,
    mut listener: tokio::sync::broadcast::Receiver<Event>,
    mut tell: impl FnMut(Option<Event>) -> Vec<sse::Event> + Send,
    sender: tokio::sync::mpsc::Sender<Result<sse::Event, Infallible>>,
) {
    let mut events = first;
    loop {
        for event in events {
            if sender.send(Ok(event)).await.is_err() {
                return;
            }
        }
        let heard = tokio::select! {
            heard = listener.recv() => heard,
            () = sender.closed() => return,
        };
        events = match heard {
            Ok(event) => tell(Some(event)),
            Err(RecvError::Lagged(_)) => tell(None),
            Err(RecvError::Closed) => return,
        };
    }
}

fn typed(media: &'static str, content: &'static str) -> Response<Body> {
    let headers: [(HeaderName, &'static str); 2] = [(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, "no-cache")];
    (headers, content).into_response()
}

fn text(status: StatusCode, content: &'static str) -> Response<Body> {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], content).into_response()
}

fn json_answer(value: &serde_json::Value) -> Response<Body> {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (headers, value.to_string()).into_response()
}
