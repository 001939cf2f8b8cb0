//! Changes a release as editors do: deletes, inserts, moves, splits, joins, rewords and renames.

use proptest::prelude::*;

use super::generate::{Piece, Random, Release, Vocabulary, chapter, paragraph, word};

/// One change: what it is and where, all taken modulo what there is.
#[derive(Debug, Clone)]
pub struct Edit {
    pub kind: u8,
    pub at: u16,
    pub to: u16,
    pub seed: u64,
}

/// Some changes.
pub fn edits(most: usize) -> impl Strategy<Value = Vec<Edit>> {
    let edit = (any::<u8>(), any::<u16>(), any::<u16>(), any::<u64>());
    proptest::collection::vec(edit.prop_map(|(kind, at, to, seed)| Edit { kind, at, to, seed }), 0..most)
}

/// The release after some changes.
pub fn edited(release: &Release, edits: &[Edit], vocabulary: Vocabulary) -> Release {
    let mut release = release.clone();
    for edit in edits {
        apply(&mut release, edit, vocabulary);
    }
    release
}

fn apply(release: &mut Release, edit: &Edit, vocabulary: Vocabulary) {
    let mut random = Random(edit.seed);
    let (at, to) = (usize::from(edit.at), usize::from(edit.to));
    match edit.kind % 16 {
        0 | 1 => drop(take(release, at)),
        2 | 3 => put(release, to, Piece::new(edit.kind / 16, &mut random, vocabulary)),
        4 | 5 => {
            if let Some(piece) = take(release, at) {
                put(release, to, piece);
            }
        }
        6 | 7 => split(release, at),
        8 | 9 => join(release, at),
        10 | 11 => reword(release, at, &mut random, vocabulary),
        12 => chapters(release, |chapters| {
            let (at, to) = (at % chapters.len(), to % chapters.len());
            let moved = chapters.remove(at);
            chapters.insert(to, moved);
        }),
        13 => chapters(release, |chapters| drop(chapters.remove(at % chapters.len()))),
        14 => {
            let kinds: Vec<u8> = (0..random.below(5)).map(|_| (random.next() % 256) as u8).collect();
            let mut new = chapter(&kinds, &mut random, vocabulary);
            while release.0.iter().any(|chapter| chapter.slug == new.slug) {
                new.slug += "-neu";
            }
            release.0.insert(to % (release.0.len() + 1), new);
        }
        _ => chapters(release, |chapters| {
            let count = chapters.len();
            let slug = format!("umbenannt-{}", random.next() % 100_000);
            if chapters.iter().all(|chapter| chapter.slug != slug) {
                chapters[at % count].slug = slug;
            }
        }),
    }
}

fn chapters(release: &mut Release, change: impl FnOnce(&mut Vec<super::generate::Chapter>)) {
    if !release.0.is_empty() {
        change(&mut release.0);
    }
}

/// Takes a block out.
pub fn take(release: &mut Release, at: usize) -> Option<Piece> {
    let (chapter, place) = release.place(at)?;
    Some(release.0[chapter].pieces.remove(place))
}

/// Puts a block somewhere.
pub fn put(release: &mut Release, to: usize, piece: Piece) {
    if release.0.is_empty() {
        return;
    }
    let (chapter, place) = release.place(to).unwrap_or((to % release.0.len(), 0));
    let place = place + to % 2;
    let pieces = &mut release.0[chapter].pieces;
    pieces.insert(place.min(pieces.len()), piece);
}

fn split(release: &mut Release, at: usize) {
    let Some((chapter, place)) = release.place(at) else { return };
    if let Piece::Paragraph(text) = release.0[chapter].pieces[place].clone()
        && let Some((first, second)) = halves(&text)
    {
        release.0[chapter].pieces[place] = Piece::Paragraph(first);
        release.0[chapter].pieces.insert(place + 1, Piece::Paragraph(second));
    }
}

/// A text cut at the sentence end next to its middle.
pub fn halves(text: &str) -> Option<(String, String)> {
    let middle = text.len() / 2;
    let ends = text.match_indices(". ").map(|(at, _)| at + 1);
    let cut = ends.min_by_key(|&at| at.abs_diff(middle))?;
    Some((text[..cut].to_owned(), text[cut + 1..].to_owned()))
}

fn join(release: &mut Release, at: usize) {
    let Some((chapter, place)) = release.place(at) else { return };
    let pieces = &mut release.0[chapter].pieces;
    if let Some([Piece::Paragraph(first), Piece::Paragraph(second)]) = pieces.get(place..place + 2) {
        let joined = format!("{first} {second}");
        pieces.splice(place..place + 2, [Piece::Paragraph(joined)]);
    }
}

fn reword(release: &mut Release, at: usize, random: &mut Random, vocabulary: Vocabulary) {
    let Some((chapter, place)) = release.place(at) else { return };
    match &mut release.0[chapter].pieces[place] {
        Piece::Heading(text) => *text = word(random, vocabulary) + " neu",
        Piece::Paragraph(text) | Piece::Quote(text) => *text = reworded(text, random, vocabulary),
        Piece::List(items) => {
            let count = items.len();
            match random.below(3) {
                0 => items.insert(random.below(count + 1), paragraph(random, vocabulary, 8)),
                1 if count > 1 => drop(items.remove(random.below(count))),
                _ => items.reverse(),
            }
        }
        Piece::Table(rows) => {
            let row = random.below(rows.len());
            rows[row][1] = reworded(&rows[row][1], random, vocabulary);
        }
    }
}

/// A text with one word replaced.
pub fn reworded(text: &str, random: &mut Random, vocabulary: Vocabulary) -> String {
    let mut words: Vec<String> = text.split(' ').map(ToOwned::to_owned).collect();
    let at = random.below(words.len());
    let end = if words[at].ends_with('.') { "." } else { "" };
    words[at] = word(random, vocabulary) + end;
    words.join(" ")
}

/// So many long paragraphs, and the same with a tenth changed: deleted, inserted, replaced, reworded.
pub fn a_tenth_changed(paragraphs: usize) -> (Vec<String>, Vec<String>) {
    let mut random = Random(6);
    let old: Vec<String> = (0..paragraphs).map(|_| paragraph(&mut random, Vocabulary::Large, 25)).collect();
    let mut new = Vec::new();
    for text in &old {
        match random.below(40) {
            0 => {}
            1 => new.extend([text.clone(), paragraph(&mut random, Vocabulary::Large, 25)]),
            2 => new.push(paragraph(&mut random, Vocabulary::Large, 25)),
            3 => new.push(reworded(text, &mut random, Vocabulary::Large)),
            _ => new.push(text.clone()),
        }
    }
    (old, new)
}
