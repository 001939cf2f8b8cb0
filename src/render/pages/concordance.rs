//! The page of a concordance: two tables, by the old numbers and by the new ones.

use serde_json::{Value, json};

use super::super::concordance::{Place, Row};
use super::super::export::relations;
use super::super::view::Link;
use super::super::{PageJob, Stage};

/// A page for each edition that begins a new series.
pub(super) fn pages<'s>(stage: &'s Stage<'_>) -> Vec<PageJob<'s>> {
    stage.editions().filter_map(|edition| page(stage, edition)).collect()
}

fn page<'s>(stage: &'s Stage<'_>, edition: usize) -> Option<PageJob<'s>> {
    let path = stage.concordance_path(edition)?;
    let concordance = stage.concordance(edition)?;
    let (base, label) = (stage.edition_label(concordance.from), stage.edition_label(edition));
    let title = format!("{}: {base} → {label}", stage.locale.text("concordance"));
    let page = stage.page("concordance.html", &path, &title, stage.above_edition(edition));
    Some(page.later(move |page| {
        page.head.relations = relations::concordance(stage, edition, &path);
        page.context.insert("release", &stage.release(edition));
        page.context.insert("base", &stage.release(concordance.from));
        let rows = |rows: &[Row]| rows.iter().map(|row| self::row(stage, row)).collect::<Vec<_>>();
        let table = |name: &str, from: &str, to: &str, rows: Vec<Value>| json!({"name": name, "from": from, "to": to, "rows": rows});
        let tables =
            [table("old", &base, &label, rows(&concordance.old)), table("new", &label, &base, rows(&concordance.new))];
        page.context.insert("tables", &tables);
        let file = |title: &str, name: &str| Link::new(stage.locale.text(title), format!("{path}{name}"));
        let files = [file("concordance-csv", "konkordanz.csv"), file("concordance-json", "index.json")];
        page.context.insert("files", &files);
    }))
}

fn row(stage: &Stage<'_>, row: &Row) -> Value {
    let place =
        |place: &Place| json!({"number": place.number.to_string(), "chapter": place.chapter, "path": place.path});
    let counterpart = |(at, kinds): &(Place, Vec<_>)| json!({"place": place(at), "kinds": stage.kinds(kinds)});
    let counterparts: Vec<Value> = row.counterparts.iter().map(counterpart).collect();
    json!({"place": place(&row.place), "gone": row.gone, "counterparts": counterparts})
}
