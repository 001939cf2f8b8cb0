//! Addresses that are permanent: those the site has now, and whether one that was ever released would be lost.

use std::collections::{BTreeMap, BTreeSet};

use super::Known;
use super::page::file_name;
use super::redirects::Redirect;
use super::taken::Taken;
use super::written::has_fragment;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::history;
use crate::resolve;
use crate::source::Span;
use crate::target::{Target, edition_path};
use crate::write::OutputFile;

/// Lost addresses that are told one by one.
const TOLD: usize = 30;

/// Reports each recorded address that no file of the site has any more.
pub(super) fn check(known: &Known<'_>, files: &Taken, redirects: &[Redirect], diagnostics: &mut Diagnostics) {
    let leads_on: BTreeSet<&str> = redirects.iter().map(|redirect| redirect.from.as_str()).collect();
    let recorded = &known.project.sources.permalinks.recorded;
    let lost: Vec<(&String, &Span)> =
        recorded.iter().filter(|(address, _)| !is_there(address, files, &leads_on)).collect();
    for (address, span) in lost.iter().take(TOLD) {
        let kind = match address {
            address if address.contains('#') => "fragment",
            address if address.ends_with(".zip") => "archive",
            _ => "page",
        };
        let found = Diagnostic::at(Code::LostAddress, **span).arg("address", address).arg("kind", kind);
        let more = lost.len().saturating_sub(TOLD);
        diagnostics.push(found.arg("more", if more > 0 { format!(" ({more} more with it)") } else { String::new() }));
    }
}

fn is_there(address: &str, files: &Taken, leads_on: &BTreeSet<&str>) -> bool {
    let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
    let Some(page) = files.get(&file_name(path)) else { return false };
    // A page that leads on takes the fragment with it.
    leads_on.contains(path) || fragment.is_empty() || has_fragment(page, fragment)
}

/// The addresses of a site that are permanent from the day it is published: of sealed releases their pages and files,
/// paragraphs and headings, what they changed, and their numbers; labs, talks and value pairs.
pub fn addresses(known: &Known<'_>, files: &[OutputFile]) -> BTreeSet<String> {
    let sources = &known.project.sources;
    let addresses = &sources.config.addresses;
    let guideline = &addresses.guideline;
    let sealed: Vec<usize> = known.editions.clone().filter(|&at| known.project.history.editions[at].sealed).collect();
    let mut found = BTreeSet::new();
    if sealed.is_empty() {
        return found;
    }
    let mut folders: Vec<String> = sealed.iter().map(|&edition| edition_path(sources, edition)).collect();
    folders.push(format!("/{guideline}/{}/", addresses.current));
    let in_folder = |address: &String| folders.iter().any(|folder| address.starts_with(folder.as_str()));
    let of_releases = files.iter().map(address_of).filter(in_folder);
    found.extend(of_releases);
    for &edition in &sealed {
        found.extend(fragments(known, edition));
        let numbers = &known.project.history.editions[edition].numbering.blocks;
        found.extend(numbers.iter().map(|number| format!("/{guideline}/{}/{number}/", addresses.numbers)));
    }
    let labs = sources.labs.iter().enumerate();
    let talks = labs.flat_map(|(lab, of)| (0..of.talks.len()).map(move |talk| Target::Talk(lab, talk)));
    let labs = (0..sources.labs.len()).map(Target::Lab);
    let values = (0..sources.values.len()).map(Target::Value);
    found.extend(talks.chain(labs).chain(values).map(|target| resolve::address(known.project, &target)));
    let there: BTreeSet<String> = files.iter().map(address_of).collect();
    found.retain(|address| there.contains(address.split('#').next().unwrap_or_default()));
    found
}

/// The address of a file: a page's is that of its folder.
fn address_of(file: &OutputFile) -> String {
    let path = file.path.as_str();
    let is_page = path == "index.html" || path.ends_with("/index.html");
    format!("/{}", if is_page { path.trim_end_matches("index.html") } else { path })
}

/// The paragraphs, headings and ids of an edition.
fn fragments(known: &Known<'_>, edition: usize) -> Vec<String> {
    let of = &known.project.history.editions[edition];
    let chapters = &history::source(&known.project.sources, edition).chapters;
    let paths: BTreeMap<usize, String> = (0..chapters.len())
        .map(|chapter| (chapter, resolve::address(known.project, &Target::Chapter(edition, chapter))))
        .collect();
    let address = |chapter: usize, id: &str| paths.get(&chapter).map(|path| format!("{path}#{id}"));
    let numbers = of.text.blocks.iter().zip(&of.numbering.blocks);
    let numbers = numbers.filter_map(|(block, number)| address(block.chapter, &format!("rn-{number}")));
    let ids = of.text.blocks.iter().filter_map(|block| address(block.chapter, block.id.as_deref()?));
    let headings = of.text.units.iter().filter_map(|unit| address(unit.chapter, unit.anchor.as_deref()?));
    numbers.chain(ids).chain(headings).collect()
}
