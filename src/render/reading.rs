//! The reading order of a chapter: its blocks, and between them the numbers that are gone.

use super::Stage;
use crate::history;
use crate::number::{Fate, Gone, Place};

/// One step of reading a chapter.
pub(super) enum Passage<'a> {
    /// A block without a margin number, by its place in the document.
    Plain(usize),
    /// A block with one, by its place among the edition's.
    Block(usize),
    /// Numbers that are gone; deleted ones that stand together are one step.
    Gone(Vec<&'a Gone>),
}

impl<'a> Stage<'a> {
    /// A chapter in reading order.
    pub fn reading(&self, edition: usize, chapter: usize) -> Vec<Passage<'a>> {
        let Self { project, .. } = *self;
        let source = &history::source(&project.sources, edition).chapters[chapter];
        let blocks = project.documents.of(source.page.body).blocks.len();
        let edition = &project.history.editions[edition];
        let mut passages = Vec::new();
        let mut gone: Vec<&Gone> = Vec::new();
        let mut next = 0;
        for place in &edition.numbering.places[chapter] {
            match place {
                Place::Gone(number) => gone.push(number),
                Place::Block(block) => {
                    let index = edition.text.blocks[*block].index;
                    push_gone(&mut passages, &mut gone);
                    passages.extend((next..index).map(Passage::Plain));
                    passages.push(Passage::Block(*block));
                    next = index + 1;
                }
            }
        }
        push_gone(&mut passages, &mut gone);
        passages.extend((next..blocks).map(Passage::Plain));
        // A chapter that took the name of one that is gone says what became of the other's numbers.
        let namesakes = edition.numbering.gone_chapters.iter().filter(|gone| source.has_name(&gone.slug));
        gone.extend(namesakes.flat_map(|chapter| &chapter.gone));
        push_gone(&mut passages, &mut gone);
        passages
    }
}

fn push_gone<'a>(passages: &mut Vec<Passage<'a>>, gone: &mut Vec<&'a Gone>) {
    let gone = std::mem::take(gone);
    let runs = gone.chunk_by(|a, b| a.fate == Fate::Deleted && b.fate == Fate::Deleted);
    passages.extend(runs.map(|run| Passage::Gone(run.to_vec())));
}
