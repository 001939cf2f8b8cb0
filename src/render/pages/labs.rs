//! The archive of the KI-Labs, each lab, each talk.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::json;

use super::super::export::json_ld;
use super::super::view::Link;
use super::super::{PageJob, Stage};
use crate::load::{LabFormat, LabSource, MediaKind, MediaSource, SpeakerSource, TalkFormat, TalkSource};
use crate::resolve;
use crate::target::Target;

pub(super) fn pages<'s>(stage: &'s Stage<'_>) -> Vec<PageJob<'s>> {
    let labs = &stage.project.sources.labs;
    if labs.is_empty() {
        return Vec::new();
    }
    let years: Arc<BTreeSet<i16>> = Arc::new(labs.iter().map(|lab| lab.date.year()).collect());
    let mut pages = vec![archive(stage, &years, None)];
    pages.extend(years.iter().map(|&year| archive(stage, &years, Some(year))));
    for (at, lab) in labs.iter().enumerate() {
        pages.push(lab_page(stage, at));
        pages.extend((0..lab.talks.len()).map(|talk| talk_page(stage, at, talk)));
    }
    pages
}

fn archive_link(stage: &Stage<'_>) -> Link {
    Link::new(stage.locale.text("nav-labs"), format!("/{}/", stage.project.sources.config.addresses.labs))
}

fn year_path(stage: &Stage<'_>, year: i16) -> String {
    let addresses = &stage.project.sources.config.addresses;
    format!("/{}/{}/{year}/", addresses.labs, addresses.year)
}

/// All labs, or those of a year, the newest first.
fn archive<'s>(stage: &'s Stage<'_>, years: &Arc<BTreeSet<i16>>, year: Option<i16>) -> PageJob<'s> {
    let years = Arc::clone(years);
    let link = archive_link(stage);
    let page = match year {
        None => stage.page("labs.html", &link.path, &link.title, Vec::new()),
        Some(year) => {
            let title = stage.locale.text_of("labs-of-year", "year", &year.to_string());
            stage.page("labs.html", &year_path(stage, year), &title, vec![link.clone()])
        }
    };
    page.later(move |page| {
        let sources = &stage.project.sources.labs;
        let of_year = move |at: &usize| year.is_none_or(|year| sources[*at].date.year() == year);
        let order = stage.project.sources.labs_newest_first().into_iter().filter(of_year);
        let labs: Vec<_> = order.map(|at| lab(stage, at)).collect();
        page.context.insert("labs", &labs);
        let years = years.iter().rev().map(|&of| {
            let count = sources.iter().filter(|lab| lab.date.year() == of).count();
            json!({"title": of.to_string(), "path": year_path(stage, of), "count": count, "current": year == Some(of)})
        });
        page.context.insert("years", &years.collect::<Vec<_>>());
        page.context.insert("all_path", &link.path);
    })
}

fn lab_page<'s>(stage: &'s Stage<'_>, at: usize) -> PageJob<'s> {
    let source = &stage.project.sources.labs[at];
    let path = resolve::address(stage.project, &Target::Lab(at));
    let page = stage.page("lab.html", &path, &source.title, vec![archive_link(stage)]);
    page.later(move |page| {
        page.head.data = json_ld::lab(stage, at);
        let lab = lab(stage, at);
        page.context.insert("talks", &lab["talks"]);
        page.context.insert("lab", &lab);
        page.context.insert("backlinks", &stage.backlinks(&[Target::Lab(at)]));
    })
}

fn lab(stage: &Stage<'_>, at: usize) -> serde_json::Value {
    let source: &LabSource = &stage.project.sources.labs[at];
    let talks: Vec<_> = source
        .talks
        .iter()
        .enumerate()
        .map(|(talk, source)| {
            json!({
                "title": source.title,
                "language": stage.foreign(source.language.as_deref()),
                "path": resolve::address(stage.project, &Target::Talk(at, talk)),
                "format_label": source.format.map(|format| stage.locale.text(talk_format(format))),
                "speakers": speakers_line(stage, source),
            })
        })
        .collect();
    json!({
        "number": source.number,
        "title": source.title,
        "path": resolve::address(stage.project, &Target::Lab(at)),
        "date": stage.locale.date(source.date),
        "format_label": source.format.map(|format| stage.locale.text(lab_format(format))),
        "place": source.place,
        "summary": source.summary,
        "talks": talks,
    })
}

fn talk_page<'s>(stage: &'s Stage<'_>, lab: usize, at: usize) -> PageJob<'s> {
    let source_lab = &stage.project.sources.labs[lab];
    let source = &source_lab.talks[at];
    let target = Target::Talk(lab, at);
    let path = resolve::address(stage.project, &target);
    let above = vec![archive_link(stage), stage.link(&Target::Lab(lab))];
    let page = stage.page("talk.html", &path, &source.title, above);
    page.later(move |page| {
        page.head.data = json_ld::talk(stage, lab, at);
        page.context.insert("talk", &talk(stage, source_lab, lab, source));
        let release = stage.site.validity.on(source_lab.date).map(|edition| stage.release(edition));
        page.context.insert("release", &release);
        let (body, footnotes) = stage.text(source.page.body, source.language.as_deref());
        page.context.insert("body_html", &body);
        page.context.insert("footnotes_html", &footnotes);
        page.context.insert("backlinks", &stage.backlinks(&[target]));
    })
}

fn talk(stage: &Stage<'_>, lab: &LabSource, lab_at: usize, source: &TalkSource) -> serde_json::Value {
    let foreign = stage.foreign(source.language.as_deref());
    json!({
        "title": source.title,
        "subtitle": source.subtitle,
        "format_label": source.format.map(|format| stage.locale.text(talk_format(format))),
        "language": foreign,
        "language_name": foreign.map(|language| language_name(stage, language)),
        "date": stage.locale.date(lab.date),
        "lab": stage.link(&Target::Lab(lab_at)).with_detail(Some(lab.number.to_string())),
        "speakers": source.speakers.iter().map(|speaker| speaker_view(stage, speaker)).collect::<Vec<_>>(),
        "values": stage.links(&source.values),
        "chapters": stage.links(&source.chapters),
        "numbers": stage.links(&source.numbers),
        "topics": source.topics,
        "related": stage.links(&source.talks),
        "media": source.media.iter().map(|medium| media_view(stage, medium)).collect::<Vec<_>>(),
        "no_recording": source.no_recording,
        "rights": source.rights,
    })
}

/// Name of a language; its tag where the catalogue has none.
fn language_name(stage: &Stage<'_>, tag: &str) -> String {
    let key = format!("language-{tag}");
    if stage.locale.has(&key) { stage.locale.text(&key) } else { tag.to_owned() }
}

fn speaker_view(stage: &Stage<'_>, speaker: &SpeakerSource) -> serde_json::Value {
    let link = |name: &Option<crate::source::Spanned<String>>| {
        let resolved = name.as_ref().and_then(|name| stage.site.resolved(name.span))?;
        Some(stage.link(&resolved.target))
    };
    json!({
        "name": speaker.name,
        "role": speaker.role,
        "person": link(&speaker.person),
        "authority": link(&speaker.authority),
    })
}

fn speakers_line(stage: &Stage<'_>, source: &TalkSource) -> String {
    let title = |name: &Option<crate::source::Spanned<String>>| {
        let resolved = name.as_ref().and_then(|name| stage.site.resolved(name.span))?;
        Some(resolved.title.clone())
    };
    let line = |speaker: &SpeakerSource| {
        let parts = [speaker.name.clone(), title(&speaker.person), speaker.role.clone(), title(&speaker.authority)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    source.speakers.iter().map(line).collect::<Vec<_>>().join("; ")
}

fn media_view(stage: &Stage<'_>, medium: &MediaSource) -> serde_json::Value {
    let kind = media_kind(medium.kind);
    let label = stage.locale.text(&format!("media-{kind}"));
    let file = medium.file.as_ref();
    let path = file.and_then(|file| stage.site.resolved(file.span)).map(|resolved| resolved.path.clone());
    let url = medium.url.as_ref().map(|url| url.value.clone());
    json!({
        "kind": kind,
        "title": medium.title.clone().unwrap_or_else(|| label.clone()),
        "label": label,
        "path_or_url": path.or(url),
        "external": medium.url.is_some(),
        "language": medium.language,
    })
}

fn lab_format(format: LabFormat) -> &'static str {
    match format {
        LabFormat::Online => "lab-format-online",
        LabFormat::OnSite => "lab-format-on-site",
        LabFormat::Hybrid => "lab-format-hybrid",
    }
}

fn talk_format(format: TalkFormat) -> &'static str {
    match format {
        TalkFormat::Talk => "format-talk",
        TalkFormat::Practice => "format-practice",
        TalkFormat::Workshop => "format-workshop",
        TalkFormat::Interview => "format-interview",
        TalkFormat::Discussion => "format-discussion",
    }
}

fn media_kind(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Slides => "slides",
        MediaKind::Audio => "audio",
        MediaKind::Video => "video",
        MediaKind::Captions => "captions",
        MediaKind::Transcript => "transcript",
        MediaKind::Link => "link",
    }
}
