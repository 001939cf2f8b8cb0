//! A talk: who spoke on what, its recording with captions, and what was said with the time of each passage.

use serde_json::{Value, json};

use super::super::export::citations::Cited;
use super::super::export::json_ld;
use super::super::speakers::Speaker;
use super::super::{PageJob, Stage};
use super::labs;
use crate::load::{LabSource, TalkSource};
use crate::resolve;
use crate::target::Target;

mod media;
mod transcript;

pub(super) fn pages<'s>(stage: &'s Stage<'_>) -> Vec<PageJob<'s>> {
    stage.project.sources.talks().map(|(lab, at, ..)| page(stage, lab, at)).collect()
}

fn page<'s>(stage: &'s Stage<'_>, lab: usize, at: usize) -> PageJob<'s> {
    let source_lab = &stage.project.sources.labs[lab];
    let source = &source_lab.talks[at];
    let target = Target::Talk(lab, at);
    let path = resolve::address(stage.project, &target);
    let above = vec![labs::archive_link(stage), stage.link(&Target::Lab(lab))];
    let page = stage.described_page("talk.html", &path, &source.title, source.subtitle.as_deref(), above);
    page.later(move |page| {
        page.head.data = json_ld::talk(stage, lab, at);
        page.head.relations.extend(Cited::Talk(lab, at).relations(stage));
        page.context.insert("citation_files", &Cited::Talk(lab, at).links(stage));
        page.context.insert("talk", &talk(stage, source_lab, lab, source));
        let release = stage.site.validity.on(source.day(source_lab)).map(|edition| stage.release(edition));
        page.context.insert("release", &release);
        page.context.insert("player", &media::player(stage, source));
        page.context.insert("transcript", &transcript::transcript(stage, source));
        let (body, footnotes) = stage.text(source.page.body, source.language.as_deref());
        page.context.insert("body_html", &body);
        page.context.insert("footnotes_html", &footnotes);
        page.context.insert("backlinks", &stage.backlinks(&[target]));
    })
}

fn talk(stage: &Stage<'_>, lab: &LabSource, lab_at: usize, source: &TalkSource) -> Value {
    let foreign = stage.foreign(source.language.as_deref());
    json!({
        "title": source.title,
        "subtitle": source.subtitle,
        "format_label": source.format.map(|format| stage.locale.text(labs::format_key(format))),
        "language": foreign,
        "language_name": foreign.map(|language| language_name(stage, language)),
        "date": stage.locale.date(source.day(lab)),
        "start": source.start.map(|start| start.strftime("%H:%M").to_string()),
        "length": source.length.map(|length| media::minutes(stage, length)),
        "lab": stage.link(&Target::Lab(lab_at)).with_detail(Some(lab.number.to_string())),
        "speakers": stage.speakers(source).map(|speaker| speaker_view(stage, &speaker)).collect::<Vec<_>>(),
        "values": stage.links(&source.values),
        "chapters": stage.links(&source.chapters),
        "numbers": stage.links(&source.numbers),
        "topics": source.topics.iter().map(|topic| labs::topic_link(stage, topic)).collect::<Vec<_>>(),
        "related": stage.links(&source.talks),
        "media": source.media.iter().map(|medium| media::view(stage, source, medium)).collect::<Vec<_>>(),
        "no_recording": source.no_recording,
        "withdrawn": source.withdrawn.is_some(),
        "rights": source.rights,
    })
}

/// Name of a language; its tag where the catalogue has none.
fn language_name(stage: &Stage<'_>, tag: &str) -> String {
    let key = format!("language-{tag}");
    if stage.locale.has(&key) { stage.locale.text(&key) } else { tag.to_owned() }
}

fn speaker_view(stage: &Stage<'_>, speaker: &Speaker<'_>) -> Value {
    json!({
        "name": speaker.name,
        "path": labs::speaker_path(stage, speaker),
        "role": speaker.role,
        "authority": speaker.authority_link(stage),
    })
}
