//! `markdown::parse_text`: no text makes it panic, every place it names is in the text, and no word gets lost.

use leitwerk::diagnostic::Code;
use leitwerk::load::Body;
use leitwerk::markdown::{self, Block, BlockKind, Document, Inline, plain};
use leitwerk::source::{Files, Span};
use leitwerk::tokens::Tokenizer;
use proptest::prelude::*;

fn parse(text: &str) -> Document {
    parse_with_losses(text).0
}

/// The tree, and the cells of tables that were reported to have no column.
fn parse_with_losses(text: &str) -> (Document, Vec<Span>) {
    let file = Files::default().add("a.md", text);
    let (document, diagnostics) = markdown::parse_text(text, Body { file, start: 0 });
    for span in diagnostics.iter().filter_map(|diagnostic| diagnostic.span) {
        inside(span, text);
    }
    for span in diagnostics.iter().filter_map(|diagnostic| diagnostic.suggestion.as_ref()).map(|cure| cure.span) {
        inside(span, text);
    }
    let lost = diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::LostCells);
    (document, lost.filter_map(|diagnostic| diagnostic.span).collect())
}

fn inside(span: Span, text: &str) {
    assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
}

/// Every span of the tree is on character boundaries; those of the top blocks are in order and do not overlap.
fn check_spans(document: &Document, text: &str) {
    for pair in document.blocks.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "{pair:?} of {text:?}");
    }
    check_blocks(&document.blocks, text);
    for footnote in &document.footnotes {
        inside(footnote.span, text);
        check_blocks(&footnote.content, text);
    }
}

fn check_blocks(blocks: &[Block], text: &str) {
    for block in blocks {
        inside(block.span, text);
        if let Some(id) = &block.id {
            inside(id.span, text);
        }
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => check_inlines(content, text),
            BlockKind::List(list) => list.items.iter().for_each(|item| {
                inside(item.span, text);
                check_blocks(&item.content, text);
            }),
            BlockKind::DefinitionList(definitions) => definitions.iter().for_each(|definition| {
                inside(definition.span, text);
                definition.terms.iter().for_each(|term| check_inlines(term, text));
                definition.details.iter().for_each(|details| check_blocks(details, text));
            }),
            BlockKind::Table(table) => {
                table.header.iter().for_each(|cell| check_inlines(cell, text));
                for row in &table.rows {
                    inside(row.span, text);
                    assert_eq!(row.cells.len(), table.header.len());
                    row.cells.iter().for_each(|cell| check_inlines(cell, text));
                }
            }
            BlockKind::Quote(content) => check_blocks(content, text),
            BlockKind::Callout { title, content, .. } => {
                check_inlines(title, text);
                check_blocks(content, text);
            }
            BlockKind::Figure(image) => inside(image.span, text),
            BlockKind::Rule | BlockKind::Code { .. } | BlockKind::Html(_) => {}
        }
    }
}

fn check_inlines(inlines: &[Inline], text: &str) {
    for inline in inlines {
        match inline {
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner) => check_inlines(inner, text),
            Inline::Link { span, content, .. } => {
                inside(*span, text);
                check_inlines(content, text);
            }
            Inline::Image(image) => inside(image.span, text),
            Inline::Reference(reference) => {
                let (start, end) = (reference.span.start, reference.span.end);
                assert!(text[start..end].starts_with("[[") && text[start..end].ends_with("]]"));
                inside(reference.kind.span, text);
                inside(reference.target.span, text);
            }
            Inline::Text(_) | Inline::Code(_) | Inline::Html(_) => {}
            Inline::Footnote(_) | Inline::SoftBreak | Inline::HardBreak => {}
        }
    }
}

/// What marks Markdown up, and what Leitwerk does.
#[rustfmt::skip]
const MARKS: &[&str] = &[
    "[[", "]]", "[", "]", "(", ")", "|", "`", "```\n", "{#", "}", "{#id}", "::", ":", ">", "-", "*", "**",
    "_", "~~", "\t", "    ", "\n", "\n\n", "\r\n", "# ", "## ", "1. ", "- ", "> ", "| a | b |\n|---|---|\n",
    "[[a:b|c]]", "[[wert:x\\|y]]", "[^1]", "[^1]: ", "![", "](x.md)", "<b>", "</b>", "<br>", "<!--", "-->",
    "&nbsp;", "\\", "ä", "ß", "𝔘", "\u{301}", "\u{1e}", "\u{1f}", "\u{0}", "[!NOTE]", ": ", "Wort", "  \n",
    "---\n", "===\n", "<details>", "</details>", "[x]: y\n", "- [ ] ", "http://a.b", "<a@b.c>", "$",
    "\u{2028}", "\u{85}",
];

/// Marks in any order.
fn soup() -> impl Strategy<Value = String> {
    proptest::collection::vec(prop::sample::select(MARKS), 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn no_soup_of_marks_is_too_much(text in soup()) {
        let document = parse(&text);
        check_spans(&document, &text);
        let tokens: usize = document.blocks.iter().map(|block| tokenized(block, &document)).sum();
        prop_assert!(tokens <= 4 * text.len() * (document.footnotes.len() + 1) + 4);
    }
}

fn tokenized(block: &Block, document: &Document) -> usize {
    Tokenizer::new(&document.footnotes, &|reference| reference.target.value.clone()).block(block).len()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_text_is_too_much(text in any::<String>()) {
        check_spans(&parse(&text), &text);
    }
}

/// What stands between words: marks, references and ids that are no text themselves.
fn between() -> impl Strategy<Value = &'static str> {
    let marks = vec![
        " ",
        " ",
        " ",
        "\n",
        ", ",
        " – ",
        " **",
        "** ",
        " _",
        "_ ",
        " `",
        "` ",
        " [",
        "] ",
        " (",
        ") ",
        " [[a:b]] ",
        " [[wert:x|",
        "]] ",
        " [[",
        " ]] ",
        " {#id} ",
        " {# ",
        " } ",
        "\n{#eigene-zeile}\n",
        "\n\n",
        "\n> ",
        "\n- ",
        "\n| ",
        " | ",
        "\n|---|\n",
        " \\[[",
        " :: ",
        "\n: ",
        "\t",
        " <b>",
        "</b> ",
        "&nbsp;",
        "\\\n",
        " *",
        "* ",
        "[[[",
    ];
    prop::sample::select(marks)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    /// A word that the Markdown parser alone shows is shown, or it is part of a reference or of an id, or its loss was
    /// reported.
    #[test]
    fn no_word_gets_lost(marks in proptest::collection::vec(between(), 1..30)) {
        let words: Vec<String> = (0..=marks.len()).map(|at| format!("Wort{at}x")).collect();
        let text: String =
            words.iter().zip(marks.iter().chain([&"\n"])).flat_map(|(word, mark)| [word.as_str(), mark]).collect();
        let (document, lost) = parse_with_losses(&text);
        check_spans(&document, &text);
        let shown = plain::blocks(&document.blocks, &document.footnotes);
        let mut hidden = hidden(&text);
        hidden.extend(lost.into_iter().map(Span::range));
        for word in shown_by_parser(&text, &words) {
            let at = text.find(&word).unwrap();
            let is_hidden = hidden.iter().any(|range| range.contains(&at));
            prop_assert!(shown.contains(&word) || is_hidden, "{} of {:?} is not in {:?}", word, text, shown);
        }
    }
}

/// The words that CommonMark with tables shows.
fn shown_by_parser(text: &str, words: &[String]) -> Vec<String> {
    use pulldown_cmark::{Event, Options, Parser};
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST;
    let shown: String = Parser::new_ext(text, options)
        .filter_map(|event| match event {
            Event::Text(text) | Event::Code(text) => Some(text.into_string()),
            _ => None,
        })
        .collect();
    words.iter().filter(|word| shown.contains(word.as_str())).cloned().collect()
}

/// The bytes of `[[…]]` and of `{#…}`.
fn hidden(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    for (open, close) in [("[[", "]]"), ("{#", "}")] {
        for (start, _) in text.match_indices(open) {
            let end = text[start..].find(close).map_or(start, |end| start + end);
            ranges.push(start..end);
        }
    }
    ranges
}

/// Comments over one line and several, with what surrounds them.
fn commented() -> impl Strategy<Value = String> {
    let short = prop::sample::select(&["<!-- geheim -->", "<!-- geheim\ngeheim -->", "<!--\ngeheim\n-->"][..]);
    // An empty line ends a paragraph and a block of tags: only at the beginning of a block it is part of a comment.
    let long = prop::sample::select(&["<!-- geheim\n\n> geheim\n-->", "<!--\n\n- geheim -->"][..]);
    let before = prop::sample::select(&["", "Wort ", "Wort\n", "<b>x</b> ", "<div>\n"][..]);
    let comment = prop_oneof![
        (before, short).prop_map(|(before, comment)| format!("{before}{comment}")),
        long.prop_map(str::to_owned)
    ];
    let end = prop::sample::select(&["", " Wort", "</div>", "\n\nWort", "\n"][..]);
    let piece = (comment, end).prop_map(|(comment, end)| format!("{comment}{end}"));
    let inside = prop::sample::select(&["", "> ", "- ", "1. ", "> - ", "Wort\n: "][..]);
    let block = (inside, piece).prop_map(|(mark, piece)| inside_of(mark, &piece));
    proptest::collection::vec(block, 1..6).prop_map(|blocks| blocks.join("\n\n"))
}

/// A text as the content of a quotation, an item and the like.
fn inside_of(mark: &str, text: &str) -> String {
    let last = mark.rsplit('\n').next().unwrap_or_default();
    let other: String = last.chars().map(|c| if c == '>' { '>' } else { ' ' }).collect();
    format!("{mark}{}", text.replace('\n', &format!("\n{other}")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_text_of_a_comment_reaches_the_tree(text in commented()) {
        let document = parse(&text);
        check_spans(&document, &text);
        prop_assert!(!format!("{document:?}").contains("geheim"), "{:?} of {:?}", document, text);
    }
}

#[test]
fn a_place_inside_a_character_is_none() {
    let text = "[[  \n::ä\n\t1. # ";
    check_spans(&parse(text), text);
}

#[test]
fn a_cell_without_a_column_is_reported() {
    let text = "| a | b |\n| --- | --- |\n| 1 | 2 |\n| 1 | 2 | verloren | auch |\n| 1 \\| 2 | 3 |\n| 1 |\n";
    let (_, lost) = parse_with_losses(text);
    let lost: Vec<&str> = lost.into_iter().map(|span| &text[span.range()]).collect();
    assert_eq!(lost, ["verloren | auch"]);
}
