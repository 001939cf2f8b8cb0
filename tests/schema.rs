//! The JSON of `diff` keeps to `docs/changes.schema.json`, for every pair of texts of the example and the golden sites.

use std::fs;
use std::path::{Path, PathBuf};

use leitwerk::source::Files;
use leitwerk::world::OsWorld;
use leitwerk::{Project, changes, history};
use serde_json::Value;

#[test]
fn changes_keep_to_their_schema() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let schema: Value = serde_json::from_slice(&fs::read(root.join("docs/changes.schema.json")).unwrap()).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let documents: Vec<(String, Value)> = sites(root).iter().flat_map(|site| documents(site)).collect();
    assert!(documents.len() > 10, "{} documents", documents.len());
    for (name, document) in &documents {
        let errors: Vec<String> =
            validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert_eq!(errors, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn the_schema_refuses_what_is_no_change() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let schema: Value = serde_json::from_slice(&fs::read(root.join("docs/changes.schema.json")).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let (_, document) = documents(&root.join("tests/golden/changes")).swap_remove(0);
    let kinds = &document["changes"][0]["kinds"];
    assert!(validator.is_valid(&document) && kinds == &serde_json::json!(["amended"]), "{kinds}");
    let broken = |pointer: &str, value: Value| {
        let mut document = document.clone();
        *document.pointer_mut(pointer).unwrap() = value;
        !validator.is_valid(&document)
    };
    assert!(broken("/format", 2.into()));
    assert!(broken("/summary/moved", (-1).into()));
    assert!(broken("/changes/0/kinds", serde_json::json!(["inserted"])));
    assert!(broken("/changes/0/kinds", serde_json::json!(["amended", "editorial"])));
    assert!(broken("/changes/0/words/0", serde_json::json!(["~", "x"])));
    assert!(broken("/changes/0/to/0/number", "Rn. 1".into()));
    assert!(broken("/changes/0/reason", serde_json::json!({ "text": "x" })));
}

/// The example site and the golden sites.
fn sites(root: &Path) -> Vec<PathBuf> {
    let golden = fs::read_dir(root.join("tests/golden")).unwrap().map(|entry| entry.unwrap().path());
    let mut sites: Vec<PathBuf> = golden.filter(|path| path.join("site.toml").is_file()).collect();
    sites.push(root.to_path_buf());
    sites
}

/// The changes between any two editions of a site, forwards and backwards, with a name.
fn documents(site: &Path) -> Vec<(String, Value)> {
    let (mut files, mut found) = (Files::default(), Vec::new());
    let world = OsWorld::new(Some("2026-01-01".parse().unwrap()));
    let project = leitwerk::read(&world, site, &mut files, &mut found).unwrap();
    let editions = 0..project.history.editions.len();
    let pairs = editions.clone().flat_map(|from| editions.clone().map(move |to| (from, to)));
    pairs.filter(|(from, to)| from != to).map(|(from, to)| document(&project, site, from, to)).collect()
}

fn document(project: &Project, site: &Path, from: usize, to: usize) -> (String, Value) {
    let label = |edition: usize| history::label(&project.sources, edition);
    let changes = changes::between(&project.history, &project.sources, from, to);
    let (old, new) = (project.history.side(from), project.history.side(to));
    let text = changes::json::render(&changes, &label(from), &label(to), old, new);
    (format!("{} {} → {}", site.display(), label(from), label(to)), serde_json::from_str(&text).unwrap())
}
