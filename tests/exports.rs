//! The Markdown of chapters stands alone: its links lead out of the file, no mark of Leitwerk's own is left, and it says
//! what the JSON beside it says.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use leitwerk::BuildOptions;
use leitwerk::source::Files;
use leitwerk::world::OsWorld;
use pulldown_cmark::{BrokenLink, Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

/// What the authors write beyond CommonMark.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_DEFINITION_LIST);

#[test]
fn markdown_leads_out_of_the_file_and_has_no_marks_of_its_own() {
    let chapters = &*CHAPTERS;
    assert!(chapters.len() > 20, "{} chapters", chapters.len());
    for (path, (markdown, _)) in chapters {
        let body = body(markdown);
        let inside: Vec<String> =
            Parser::new_ext(body, OPTIONS).filter_map(destination).filter(|address| is_inside(address)).collect();
        assert_eq!(inside, Vec::<String>::new(), "{path}");
        let text = text(body);
        assert!(!text.contains("[[") && !text.contains("{#"), "{path}");
        assert!(body.starts_with("# ") && body.matches("\n# ").count() == 0, "{path}: one title");
    }
}

#[test]
fn no_link_is_without_its_definition() {
    let hostile = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/exports/expected/leitlinien/1.0/a/index.md");
    let hostile = fs::read_to_string(hostile).unwrap();
    let all = CHAPTERS.iter().map(|(path, (markdown, _))| (path.as_str(), markdown.as_str()));
    for (path, markdown) in all.chain([("tests/golden/exports", hostile.as_str())]) {
        assert_eq!(undefined(body(markdown)), Vec::<String>::new(), "{path}");
        assert!(!text(body(markdown)).contains("]["), "{path}");
    }
    assert_eq!(undefined("[a][b] [c] [d][] ![e] \\[f] [g](h) `[i]`\n\n> [!HINWEIS] j\n"), ["b", "c", "d", "e"]);
}

#[test]
fn markdown_says_what_the_json_says() {
    let mut compared = 0;
    for (path, (markdown, json)) in &*CHAPTERS {
        let parts: BTreeMap<String, String> = numbered_parts(body(markdown));
        for block in json["blocks"].as_array().unwrap() {
            let address = block["address"].as_str().unwrap();
            let in_markdown = parts.get(address).unwrap_or_else(|| panic!("{path}: no {address}"));
            let kind = block["kind"].as_str().unwrap();
            // A callout's kind is a mark; a footnote stands at the end of the file and in brackets in the JSON.
            if matches!(kind, "paragraph" | "list" | "table" | "quote") && !in_markdown.contains("[^") {
                assert_eq!(words(&text(in_markdown)), words(block["text"].as_str().unwrap()), "{path} {address}");
                compared += 1;
            }
        }
    }
    assert!(compared > 300, "{compared} blocks compared");
}

/// The Markdown and the JSON of each chapter of the example, by folder.
static CHAPTERS: LazyLock<BTreeMap<String, (String, Value)>> = LazyLock::new(chapters);

fn chapters() -> BTreeMap<String, (String, Value)> {
    let (mut files, mut found) = (Files::default(), Vec::new());
    let world = OsWorld::new(Some("2026-01-01".parse().unwrap()));
    let options = BuildOptions { drafts: true, ..BuildOptions::default() };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let built = leitwerk::build(&world, root, &options, &mut files, &mut found).unwrap().rendered.files;
    let bytes = |path: &str| &built.iter().find(|file| file.path == path).unwrap().bytes;
    let folders = built.iter().filter_map(|file| file.path.strip_suffix("index.md"));
    let read = |folder: &str| {
        let markdown = String::from_utf8(bytes(&format!("{folder}index.md")).to_vec()).unwrap();
        (markdown, serde_json::from_slice(bytes(&format!("{folder}index.json"))).unwrap())
    };
    folders.map(|folder| (folder.to_owned(), read(folder))).collect()
}

fn body(markdown: &str) -> &str {
    let rest = markdown.strip_prefix("---\n").unwrap();
    rest.split_once("\n---\n\n").unwrap().1
}

/// The text behind each line that only links to a number, by the address it links to.
fn numbered_parts(body: &str) -> BTreeMap<String, String> {
    let mut parts = BTreeMap::new();
    let mut address: Option<String> = None;
    for line in body.lines() {
        let number = line.strip_prefix("[Rn. ").and_then(|rest| rest.strip_suffix(')'));
        if let Some((_, link)) = number.and_then(|rest| rest.split_once("](")).filter(|(label, _)| !label.contains(' '))
        {
            address = Some(link.to_owned());
        } else if line.starts_with('#') || line.starts_with("[Rn. ") || line.starts_with("[^") {
            address = None;
        } else if let Some(address) = &address {
            let part: &mut String = parts.entry(address.clone()).or_default();
            part.push_str(line);
            part.push('\n');
        }
    }
    parts
}

fn destination(event: Event<'_>) -> Option<String> {
    match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    }
}

/// What is written like a link by reference, as far as nothing defines it; a callout's mark is not.
fn undefined(markdown: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut note = |link: BrokenLink<'_>| {
        if !link.reference.starts_with('!') {
            names.push(link.reference.to_string());
        }
        None
    };
    Parser::new_with_broken_link_callback(markdown, OPTIONS, Some(&mut note)).for_each(drop);
    names
}

fn is_inside(address: &str) -> bool {
    !["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| address.starts_with(scheme))
}

/// The text that a reader sees, code left out.
fn text(markdown: &str) -> String {
    let mut text = String::new();
    let mut in_code = false;
    for event in Parser::new_ext(markdown, OPTIONS) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(words) if !in_code => text.push_str(&words),
            Event::SoftBreak
            | Event::HardBreak
            | Event::Start(Tag::Item)
            | Event::End(TagEnd::Paragraph | TagEnd::TableCell) => {
                text.push(' ');
            }
            _ => {}
        }
    }
    text
}

fn words(text: &str) -> Vec<String> {
    let letters = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    letters.map(str::to_owned).collect()
}
