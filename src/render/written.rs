//! Checks the addresses of the site that its authors wrote by hand: links like `/werte/` and where redirects lead.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use super::page::file_name;
use super::redirects::Redirect;
use super::taken::{Owner, Taken};
use super::{Known, escape};
use crate::config::as_file_or_folder;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// Reports what leads nowhere.
pub(super) fn check(known: &Known<'_>, files: &Taken, redirects: &[Redirect], diagnostics: &mut Diagnostics) {
    let config = &known.project.sources.config;
    let mut broken = Diagnostics::new();
    let own = config.redirects.iter().filter(|(_, to)| to.value.starts_with('/'));
    let own = own.map(|(_, to)| (to.span, to.value.as_str()));
    for (span, address) in known.site.written_addresses().chain(own) {
        let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
        let path = path.split('?').next().unwrap_or_default().trim_start_matches('/');
        let file = file_name(path);
        match files.get(&file) {
            None => {
                let place = if span.file == config.file { "settings" } else { "text" };
                broken.push(Diagnostic::at(Code::BrokenLink, span).arg("url", address).arg("place", place));
            }
            Some(page) if file.ends_with(".html") && !has_fragment(page, fragment) => {
                let missing = Diagnostic::at(Code::MissingFragment, span).arg("fragment", fragment);
                broken.push(missing.arg("target", format!("/{path}")));
            }
            Some(_) => {}
        }
    }
    config.checks.apply(&mut broken);
    diagnostics.append(&mut broken);
    report_circles_and_chains(known, redirects, diagnostics);
}

/// Whether a page has what the part of an address behind `#` names. The top is on every page.
pub(super) fn has_fragment(page: &[u8], fragment: &str) -> bool {
    let id = percent_decode_str(fragment).decode_utf8_lossy();
    let attribute = format!(" id=\"{}\"", escape::escape(&id));
    let on_page = || std::str::from_utf8(page).is_ok_and(|page| page.contains(&attribute));
    id.is_empty() || id == "top" || id.starts_with(":~:") || on_page()
}

/// Reports redirects that never arrive, and those that arrive by way of another.
fn report_circles_and_chains(known: &Known<'_>, redirects: &[Redirect], diagnostics: &mut Diagnostics) {
    let config = &known.project.sources.config;
    let by_address: BTreeMap<&str, usize> =
        redirects.iter().enumerate().map(|(at, redirect)| (redirect.from.as_str(), at)).collect();
    let next = |at: usize| by_address.get(inside(&redirects[at].to, &config.base_url)?.as_str()).copied();
    let circles = ends(redirects.len(), next);
    report_loops(&circles, redirects, diagnostics);
    for (at, redirect) in redirects.iter().enumerate().filter(|&(at, _)| circles[at].is_none()) {
        // What the program leads on follows the release in force: to lead there is meant.
        let way = std::iter::successors(Some(at), |&at| next(at).filter(|&next| written(&redirects[next]).is_some()));
        let way: Vec<usize> = way.collect();
        let target = config.redirects.iter().find(|(from, _)| Some(from.span) == written(redirect));
        if let (Some(&second), Some(&last), Some((_, to))) = (way.get(1), way.last(), target) {
            let (_, fragment) = to.value.split_once('#').unwrap_or_default();
            let end = &redirects[last].to;
            let end = if fragment.is_empty() || end.contains('#') { end.clone() } else { format!("{end}#{fragment}") };
            let mut found = Diagnostic::at(Code::RedirectChain, to.span).arg("address", &redirect.from);
            if let Some(span) = written(&redirects[second]) {
                found = found.label(span, "next");
            }
            let found = found.arg("next", &redirects[second].from).arg("target", &end);
            diagnostics.push(found.suggest(Some(format!("\"{end}\""))));
        }
    }
}

/// Reports each circle of redirects once, at the first of them, and beside it those that only lead into it. `circles` has
/// for each redirect the first of the circle that it ends in.
fn report_loops(circles: &[Option<usize>], redirects: &[Redirect], diagnostics: &mut Diagnostics) {
    let mut loops: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, end) in circles.iter().enumerate() {
        if let Some(first) = *end {
            loops.entry(first).or_default().push(at);
        }
    }
    for (first, members) in loops {
        let Some(span) = written(&redirects[first]) else { continue };
        let mut found = Diagnostic::at(Code::RedirectLoop, span).arg("address", &redirects[first].from);
        for other in members.into_iter().filter(|&at| at != first) {
            found
                .labels
                .extend(written(&redirects[other]).map(|span| crate::diagnostic::Label { span, text: "other" }));
        }
        diagnostics.push(found);
    }
}

/// For each of `count` things of which `next` follows one: the first thing of the circle that it ends in, if it does.
fn ends(count: usize, next: impl Fn(usize) -> Option<usize>) -> Vec<Option<usize>> {
    let mut ends: BTreeMap<usize, Option<usize>> = BTreeMap::new();
    for start in 0..count {
        let (mut way, mut at) = (Vec::new(), Some(start));
        let mut steps: BTreeMap<usize, usize> = BTreeMap::new();
        let end = loop {
            let Some(here) = at else { break None };
            if let Some(end) = ends.get(&here) {
                break *end;
            }
            if let Some(&begin) = steps.get(&here) {
                break way[begin..].iter().copied().min();
            }
            steps.insert(here, way.len());
            way.push(here);
            at = next(here);
        };
        ends.extend(way.into_iter().map(|at| (at, end)));
    }
    ends.into_values().collect()
}

fn written(redirect: &Redirect) -> Option<Span> {
    match redirect.owner {
        Owner::Alias(span) | Owner::Redirect(span) => Some(span),
        _ => None,
    }
}

/// The address of the site that a target is, as redirects are found by; none for one elsewhere.
fn inside(to: &str, base_url: &str) -> Option<String> {
    let path = to.strip_prefix(base_url).filter(|_| !base_url.is_empty()).unwrap_or(to);
    let path = path.split(['#', '?']).next().unwrap_or_default();
    (path.starts_with('/') && !path.starts_with("//")).then(|| as_file_or_folder(path))
}

#[cfg(test)]
mod tests {
    use super::ends;

    #[test]
    fn circles_are_found_with_what_leads_into_them() {
        let next = [Some(1), Some(2), Some(1), None, Some(4), Some(3), Some(0)];
        assert_eq!(ends(next.len(), |at| next[at]), [Some(1), Some(1), Some(1), None, Some(4), None, Some(1)]);
    }
}
