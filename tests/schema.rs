//! What is given to programs keeps to the schemas in `docs/`: the JSON of `diff` for every pair of texts of the example
//! and the golden sites, and the JSON files of the built sites.

use std::fs;
use std::path::{Path, PathBuf};

use leitwerk::source::Files;
use leitwerk::world::OsWorld;
use leitwerk::{BuildOptions, Project, changes, history};
use serde_json::Value;

#[test]
fn changes_keep_to_their_schema() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let documents: Vec<(String, Value)> = sites(root).iter().flat_map(|site| documents(site)).collect();
    assert!(documents.len() > 10, "{} documents", documents.len());
    assert_valid(&validator("changes"), &documents);
}

#[test]
fn published_files_keep_to_their_schemas() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files: Vec<(String, Value)> = json_files(root).into_iter().chain(golden_files(root)).collect();
    // CSL and JSON Feed are contracts of others; tests/site/read_back.py reads those.
    let is_ours = |(path, _): &(String, Value)| !path.ends_with(".csl.json") && !path.contains("feeds/");
    let files: Vec<(String, Value)> = files.into_iter().filter(is_ours).collect();
    let of = |kind: fn(&Value) -> bool| files.iter().filter(|(_, file)| kind(file)).cloned().collect::<Vec<_>>();
    let (chapters, releases) = (of(|file| file["blocks"].is_array()), of(|file| file["releases"].is_array()));
    let changes = of(|file| file["changes"].is_array());
    let concordances = of(|file| file["old"].is_array());
    assert!(!concordances.is_empty());
    assert!(chapters.len() > 20 && releases.len() > 3 && changes.len() > 5);
    assert_eq!(
        chapters.len() + releases.len() + changes.len() + concordances.len(),
        files.len(),
        "every file has a schema"
    );
    assert_valid(&validator("chapter"), &chapters);
    assert_valid(&validator("releases"), &releases);
    assert_valid(&validator("changes"), &changes);
    assert_valid(&validator("concordance"), &concordances);
}

#[test]
fn the_schemas_refuse_what_is_no_chapter_and_no_release() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = json_files(root);
    let chapter = &files.iter().find(|(_, file)| file["blocks"].is_array()).unwrap().1;
    let releases = &files.iter().find(|(_, file)| file["releases"].is_array()).unwrap().1;
    let broken = |schema: &str, document: &Value, pointer: &str, value: Value| {
        let mut document = document.clone();
        *document.pointer_mut(pointer).unwrap() = value;
        !validator(schema).is_valid(&document)
    };
    assert!(broken("chapter", chapter, "/format", 2.into()));
    assert!(broken("chapter", chapter, "/blocks/0/number", "Rn. 1".into()));
    assert!(broken("chapter", chapter, "/blocks/0/address", "/leitlinien/".into()));
    assert!(broken("chapter", chapter, "/blocks/0/kind", "heading".into()));
    assert!(broken("chapter", chapter, "/gone", serde_json::json!([{"number": "1", "fate": "merged", "into": null}])));
    assert!(broken("releases", releases, "/in_force/0/from", Value::Null));
    assert!(broken("releases", releases, "/releases/0/status", "draft".into()));
    assert!(broken("releases", releases, "/releases/0/released", "16. Juni 2025".into()));
    assert!(broken("releases", releases, "/draft/chapters/0/json", Value::Null));
}

#[test]
fn the_schema_refuses_what_is_no_change() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let validator = validator("changes");
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

/// The checker of a schema in `docs/`, which is one itself.
fn validator(name: &str) -> jsonschema::Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/{name}.schema.json"));
    let schema: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

fn assert_valid(validator: &jsonschema::Validator, documents: &[(String, Value)]) {
    for (name, document) in documents {
        let errors: Vec<String> =
            validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert_eq!(errors, Vec::<String>::new(), "{name}");
    }
}

/// The JSON files of a site, built with its draft.
fn json_files(site: &Path) -> Vec<(String, Value)> {
    let (mut files, mut found) = (Files::default(), Vec::new());
    let world = OsWorld::new(Some("2026-01-01".parse().unwrap()));
    let options = BuildOptions { drafts: true, ..BuildOptions::default() };
    let built = leitwerk::build(&world, site, &options, &mut files, &mut found).unwrap();
    let files = built.rendered.files.into_iter().filter(|file| file.path.ends_with(".json"));
    files.map(|file| (file.path, serde_json::from_slice(&file.bytes).unwrap())).collect()
}

/// The JSON files that the golden sites are expected to have.
fn golden_files(root: &Path) -> Vec<(String, Value)> {
    let files = walkdir::WalkDir::new(root.join("tests/golden")).into_iter().filter_map(Result::ok);
    let files = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "json"));
    files
        .map(|file| {
            (file.path().display().to_string(), serde_json::from_slice(&fs::read(file.path()).unwrap()).unwrap())
        })
        .collect()
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
