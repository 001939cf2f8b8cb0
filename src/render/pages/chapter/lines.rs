//! The lines of a chapter in reading order: paragraphs with their numbers, what is gone between them, and notes.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::super::citation::Citation;
use super::super::super::html::Writer;
use super::super::super::reading::Passage;
use super::super::super::view::{BacklinkGroup, BacklinkView, Named};
use super::super::gone;
use super::Chapter;
use crate::changes::{ChangeKind, Changes, Side};
use crate::markdown::BlockKind;
use crate::number::{Fate, Found, Gone, Number};
use crate::release_text::ReleaseText;
use crate::resolve::{self, Status};
use crate::target::Target;

/// One line of a chapter.
#[derive(Serialize, Default)]
pub(super) struct Line {
    /// `block`, `heading`, `rule`, `plain`, `gone`, or `anchor` for one more number of a folded run.
    kind: &'static str,
    html: String,
    number: Option<String>,
    anchor: Option<String>,
    provisional: bool,
    citation: Option<Citation>,
    /// Lessons from practice that concern the paragraph.
    experiences: Vec<BacklinkView>,
    backlinks: Vec<BacklinkGroup>,
    change: Option<ChangeMark>,
    today: Option<Today>,
    gone: Option<GoneText>,
}

/// What the release changed in a paragraph.
#[derive(Serialize)]
struct ChangeMark {
    kinds: Vec<Named>,
    path: String,
}

/// What the release in force makes of a paragraph of another one.
#[derive(Serialize)]
struct Today {
    /// The release in force.
    release: String,
    /// What changed since.
    kinds: Vec<Named>,
    /// Whether the paragraph is the same. Where the two releases are not compared, neither is said.
    same: bool,
    /// The paragraph there, or the place where it is said to be gone.
    path: String,
}

#[derive(Serialize)]
struct GoneText {
    /// What became of the number, or of the run of numbers.
    text: String,
    /// Where its text went, or the paragraph through all releases.
    path: Option<String>,
}

/// The kinds of change of each block that changed, and the first entry about it.
pub(super) type Marks = BTreeMap<usize, (Vec<ChangeKind>, usize)>;

/// What the release in force changed since another one, seen from both.
pub(super) struct Since {
    old: Marks,
    new: Marks,
    /// Blocks that stand there unchanged.
    unchanged: BTreeMap<usize, usize>,
}

impl Since {
    pub fn new(old: Side<'_>, new: Side<'_>, changes: &Changes) -> Self {
        let unchanged = changes.unchanged_blocks(old, new);
        Self { old: marks(old.text, changes, End::Old), new: marks(new.text, changes, End::New), unchanged }
    }

    /// What happened to a block that goes on as `there`: to its old text, and to the new one, as by one more item.
    fn kinds(&self, block: usize, there: usize) -> Vec<ChangeKind> {
        let marked = self.old.get(&block).into_iter().chain(self.new.get(&there));
        let mut kinds: Vec<ChangeKind> = marked.flat_map(|(kinds, _)| kinds.iter().copied()).collect();
        // An item that came or went amends the paragraph.
        for kind in &mut kinds {
            if matches!(kind, ChangeKind::Inserted | ChangeKind::Deleted) {
                *kind = ChangeKind::Amended;
            }
        }
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }
}

/// Which side of a comparison blocks are counted on.
#[derive(Clone, Copy)]
pub(super) enum End {
    Old,
    New,
}

/// The marks of the blocks of one side of `changes`, whose text is `text`.
pub(super) fn marks(text: &ReleaseText, changes: &Changes, end: End) -> Marks {
    let mut marks = Marks::new();
    for (at, entry) in changes.entries.iter().enumerate() {
        let units = match end {
            End::Old => &entry.from,
            End::New => &entry.to,
        };
        for block in units.iter().filter_map(|&unit| text.units[unit].block) {
            let (kinds, _) = marks.entry(block).or_insert((Vec::new(), at));
            kinds.extend(entry.kinds.iter().filter(|kind| !kinds.contains(kind)).copied().collect::<Vec<_>>());
        }
    }
    marks
}

impl Chapter<'_> {
    /// The lines in reading order: what the text has, and what is gone between its blocks.
    pub(super) fn lines(&self, writer: &Writer<'_>) -> Vec<Line> {
        let text = &self.stage.project.history.editions[self.edition].text;
        let blocks = &self.document().blocks;
        let mut lines = Vec::new();
        for passage in self.stage.reading(self.edition, self.chapter) {
            match passage {
                Passage::Plain(index) => {
                    let kind = match blocks[index].kind {
                        BlockKind::Heading { .. } => "heading",
                        BlockKind::Rule => "rule",
                        _ => "plain",
                    };
                    lines.push(Line { kind, html: writer.block(&blocks[index]), ..Line::default() });
                }
                Passage::Block(block) => {
                    let html = writer.block(&blocks[text.blocks[block].index]);
                    lines.push(self.block_line(block, html));
                }
                Passage::Gone(run) => self.push_gone(&run, &mut lines),
            }
        }
        lines
    }

    fn block_line(&self, block: usize, html: String) -> Line {
        let numbering = &self.stage.project.history.editions[self.edition].numbering;
        let number = numbering.blocks[block];
        let mut backlinks = self.stage.backlinks(&[Target::Block(self.edition, block)]);
        let own = backlinks.extract_if(.., |group| group.kind == "experience").flat_map(|group| group.items).collect();
        Line {
            kind: "block",
            html,
            number: Some(number.to_string()),
            anchor: Some(format!("rn-{number}")),
            provisional: self.stage.life_path(self.edition, number).is_none(),
            citation: Some(Citation::of_block(self.stage, self.edition, block)),
            experiences: self.experiences(block, own),
            backlinks,
            change: self.whole().marks.get(&block).map(|(kinds, entry)| self.mark(kinds, *entry)),
            today: self.today(block),
            ..Line::default()
        }
    }

    /// Lessons from practice name a paragraph of the release in force; they stand beside it in the draft too.
    fn experiences(&self, block: usize, own: Vec<BacklinkView>) -> Vec<BacklinkView> {
        let stage = self.stage;
        let current = stage.site.validity.current().filter(|_| stage.is_draft(self.edition));
        let there = current.and_then(|current| match stage.project.history.follow(self.edition, block, current)? {
            Found::Block(block) => Some(Target::Block(current, block)),
            Found::Gone(_) => None,
        });
        let groups = there.map(|target| stage.backlinks(&[target])).unwrap_or_default();
        let named = groups.into_iter().filter(|group| group.kind == "experience").flat_map(|group| group.items);
        own.into_iter().chain(named).collect()
    }

    /// What became of a block in the release in force; `None` in that release itself and in the draft.
    fn today(&self, block: usize) -> Option<Today> {
        let stage = self.stage;
        let status = stage.site.validity.status(self.edition);
        let current = stage.site.validity.current().filter(|_| !matches!(status, Status::Current | Status::Draft))?;
        let release = stage.edition_label(current);
        let deleted = || stage.kinds(&[ChangeKind::Deleted]);
        match stage.project.history.follow(self.edition, block, current) {
            // Where the numbering began anew, nothing there says that it is gone.
            None if status == Status::Superseded => {
                Some(Today { release, kinds: deleted(), same: false, path: stage.edition_path(current) })
            }
            None => None,
            Some(Found::Block(there)) => {
                let unchanged = self.whole().since.as_ref().and_then(|since| since.unchanged.get(&block).copied());
                let there = unchanged.unwrap_or(there);
                let path = resolve::address(stage.project, &Target::Block(current, there));
                let kinds = self.whole().since.as_ref().map(|since| since.kinds(block, there));
                let same = kinds.as_ref().is_some_and(Vec::is_empty);
                Some(Today { release, kinds: stage.kinds(&kinds.unwrap_or_default()), same, path })
            }
            Some(Found::Gone(number)) => {
                let path = resolve::address(stage.project, &Target::GoneNumber(current, number));
                Some(Today { release, kinds: deleted(), same: false, path })
            }
        }
    }

    fn mark(&self, kinds: &[ChangeKind], entry: usize) -> ChangeMark {
        let changes = resolve::address(self.stage.project, &Target::Changes(self.edition));
        ChangeMark { kinds: self.stage.kinds(kinds), path: format!("{changes}#lw-c{}", entry + 1) }
    }

    /// Adds the lines for numbers that are gone and fold into one.
    fn push_gone(&self, run: &[&Gone], lines: &mut Vec<Line>) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
        // Every number of a folded run can be linked to.
        for skipped in &run[..run.len() - 1] {
            lines.push(Line { kind: "anchor", anchor: Some(format!("rn-{}", skipped.number)), ..Line::default() });
        }
        let anchor =
            (first.fate != Fate::Moved || self.is_elsewhere(first.number)).then(|| format!("rn-{}", last.number));
        let text = gone::fate(self.stage, self.edition, first);
        let path = gone::way(self.stage, self.edition, first).filter(|_| run.len() == 1);
        let gone = Some(GoneText { text, path });
        lines.push(Line { kind: "gone", number: Some(gone::numbers(first, last)), anchor, gone, ..Line::default() });
    }

    /// Whether a moved number stands on another page; on this one its anchor belongs to the block.
    fn is_elsewhere(&self, number: Number) -> bool {
        let edition = &self.stage.project.history.editions[self.edition];
        edition.numbering.block(number).is_none_or(|block| edition.text.blocks[block].chapter != self.chapter)
    }
}
