//! How well lineage is found on the example guidelines after edits whose truth is known: precision and recall.

use std::collections::BTreeSet;
use std::path::Path;

use leitwerk::markdown::BlockKind;
use leitwerk::release_text::ReleaseText;

use super::edits::{halves, reworded};
use super::generate::{Random, Vocabulary, document, pair, release_text};

/// Releases made from the example.
const ROUNDS: u64 = if cfg!(debug_assertions) { 5 } else { 30 };

/// A top-level block as written, and the blocks of the original that it came from.
#[derive(Debug, Clone)]
struct Piece {
    text: String,
    from: BTreeSet<usize>,
    numbered: bool,
}

/// A chapter's title and blocks.
type Chapters = Vec<(String, Vec<Piece>)>;

/// What happened to a block; what is measured is told by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Moved,
    Far,
    Swapped,
    Split,
    Joined,
    Reworded,
    Rewritten,
    Deleted,
    Inserted,
}

const FATES: [Fate; 9] = [
    Fate::Moved,
    Fate::Far,
    Fate::Swapped,
    Fate::Split,
    Fate::Joined,
    Fate::Reworded,
    Fate::Rewritten,
    Fate::Deleted,
    Fate::Inserted,
];

/// The chapters of a folder, without front matter and ids.
fn chapters(folder: &Path) -> Chapters {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    let mut count = 0;
    let mut chapters = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let body = text.splitn(3, "+++").nth(2).unwrap();
        let document = document(body);
        let pieces = document.blocks.iter().map(|block| {
            let numbered = block.is_numbered() && !matches!(block.kind, BlockKind::Html(_));
            let from = if numbered { BTreeSet::from([count]) } else { BTreeSet::new() };
            count += usize::from(numbered);
            Piece { text: without_id(body[block.span.range()].trim_end()), from, numbered }
        });
        chapters.push((path.file_stem().unwrap().to_string_lossy().into_owned(), pieces.collect()));
    }
    chapters
}

/// An id would give the truth away.
fn without_id(text: &str) -> String {
    match text.rfind("{#") {
        Some(at) if text.ends_with('}') => text[..at].trim_end().to_owned(),
        _ => text.to_owned(),
    }
}

fn text_of(chapters: &Chapters) -> ReleaseText {
    let parts = chapters.iter().map(|(title, pieces)| {
        // A comment parts lists and quotations that follow each other.
        let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
        (title.clone(), title.clone(), texts.join("\n\n<!-- -->\n\n"))
    });
    release_text(&parts.collect::<Vec<_>>())
}

/// A place among the numbered blocks.
fn somewhere(chapters: &Chapters, random: &mut Random) -> (usize, usize) {
    let places: Vec<(usize, usize)> = chapters
        .iter()
        .enumerate()
        .flat_map(|(chapter, (_, pieces))| (0..pieces.len()).map(move |at| (chapter, at)))
        .filter(|&(chapter, at)| chapters[chapter].1[at].numbered)
        .collect();
    *random.one(&places)
}

fn is_paragraph(piece: &Piece) -> bool {
    piece.numbered && piece.text.starts_with(char::is_alphabetic) && !piece.text.contains("\n: ")
}

/// Does something to some block; whether it could.
fn edit(chapters: &mut Chapters, fate: Fate, others: &[Piece], random: &mut Random) -> bool {
    let (chapter, at) = somewhere(chapters, random);
    let pieces = &mut chapters[chapter].1;
    match fate {
        Fate::Moved => {
            let piece = pieces.remove(at);
            let to = random.below(pieces.len() + 1);
            pieces.insert(to, piece);
        }
        Fate::Far => {
            let piece = pieces.remove(at);
            let to = random.below(chapters.len());
            let pieces = &mut chapters[to].1;
            pieces.insert(random.below(pieces.len() + 1), piece);
        }
        Fate::Swapped if at + 1 < pieces.len() => pieces.swap(at, at + 1),
        Fate::Split if is_paragraph(&pieces[at]) => {
            let Some((first, second)) = halves(&pieces[at].text) else { return false };
            let rest = Piece { text: second, ..pieces[at].clone() };
            pieces[at].text = first;
            pieces.insert(at + 1, rest);
        }
        Fate::Joined if at + 1 < pieces.len() && is_paragraph(&pieces[at]) && is_paragraph(&pieces[at + 1]) => {
            let second = pieces.remove(at + 1);
            pieces[at].text += &format!(" {}", second.text);
            pieces[at].from.extend(second.from);
        }
        Fate::Reworded if is_paragraph(&pieces[at]) => {
            pieces[at].text = reworded(&pieces[at].text, random, Vocabulary::Rich);
        }
        Fate::Rewritten if is_paragraph(&pieces[at]) => {
            for _ in 0..pieces[at].text.split(' ').count() / 3 {
                pieces[at].text = reworded(&pieces[at].text, random, Vocabulary::Rich);
            }
        }
        Fate::Deleted => drop(pieces.remove(at)),
        Fate::Inserted => {
            let new = Piece { from: BTreeSet::new(), ..random.one(others).clone() };
            pieces.insert(at, new);
        }
        _ => return false,
    }
    true
}

/// Links that are true and found, found, and true.
#[derive(Debug, Default)]
struct Count {
    both: usize,
    found: usize,
    owed: usize,
}

impl Count {
    fn add(&mut self, other: &Count) {
        self.both += other.both;
        self.found += other.found;
        self.owed += other.owed;
    }

    fn precision(&self) -> f64 {
        self.both as f64 / self.found as f64
    }

    fn recall(&self) -> f64 {
        self.both as f64 / self.owed as f64
    }
}

/// Makes `edits` edits of the kinds in `fates` and counts the links between blocks that were found.
fn measure(original: &Chapters, others: &[Piece], fates: &[Fate], edits: usize, seed: u64) -> Count {
    let mut random = Random(seed);
    let mut new = original.clone();
    for at in 0..edits {
        (0..20).any(|_| edit(&mut new, fates[at % fates.len()], others, &mut random));
    }
    let truth: BTreeSet<(usize, usize)> = new
        .iter()
        .flat_map(|(_, pieces)| pieces)
        .filter(|piece| piece.numbered)
        .enumerate()
        .flat_map(|(at, piece)| piece.from.iter().map(move |&from| (from, at)))
        .collect();
    let (from, to) = (text_of(original), text_of(&new));
    let numbered = |chapters: &Chapters| chapters.iter().flat_map(|(_, pieces)| pieces).filter(|p| p.numbered).count();
    assert_eq!((from.blocks.len(), to.blocks.len()), (numbered(original), numbered(&new)));
    let links = pair(&from, &to).links;
    let found: BTreeSet<(usize, usize)> =
        links.iter().filter_map(|link| Some((from.units[link.from].block?, to.units[link.to].block?))).collect();
    Count { both: found.intersection(&truth).count(), found: found.len(), owed: truth.len() }
}

fn folder(release: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content/guidelines").join(release)
}

/// Of 149 blocks a fifth is edited in each round; 30 rounds a kind (5 without optimisation). Most blocks are not touched:
/// what a kind of edit costs is 1 − figure, times 5. Measured with
/// `cargo test --release --test leitwerk -- --nocapture lineage_is_found`: precision and recall 1.000 for moves, swaps,
/// joins, rewordings, deletions and insertions; recall 0.997 for splits; both 0.998 for all kinds in one release.
#[test]
fn lineage_is_found_on_the_example_after_edits() {
    let original = chapters(&folder("2.0"));
    // New text comes from what older releases say and this one does not.
    let known: BTreeSet<String> = original.iter().flat_map(|(_, pieces)| pieces).map(|p| p.text.clone()).collect();
    let older = chapters(&folder("1.0")).into_iter().flat_map(|(_, pieces)| pieces);
    let others: Vec<Piece> = older.filter(|piece| piece.numbered && !known.contains(&piece.text)).collect();
    let blocks = original.iter().flat_map(|(_, pieces)| pieces).filter(|piece| piece.numbered).count();
    let mut worst = (1.0_f64, 1.0_f64);
    let mixed = [("all", &FATES[..])];
    let names = FATES.map(|fate| format!("{fate:?}"));
    let single = FATES.iter().zip(&names).map(|(fate, name)| (name.as_str(), std::slice::from_ref(fate)));
    for (name, fates) in single.chain(mixed) {
        let mut count = Count::default();
        for seed in 0..ROUNDS {
            count.add(&measure(&original, &others, fates, blocks / 5, seed));
        }
        println!("{name}: precision {:.4}, recall {:.4} of {} links", count.precision(), count.recall(), count.owed);
        worst = (worst.0.min(count.precision()), worst.1.min(count.recall()));
    }
    println!("worst: precision {:.4}, recall {:.4}", worst.0, worst.1);
    assert!(worst.0 > 0.99 && worst.1 > 0.99, "{worst:?}");
}
