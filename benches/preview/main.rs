//! How long the preview takes from a change of one chapter to the new pages: `cargo bench --bench preview -- SITE [CHAPTER]`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

use leitwerk::source::Files;
use leitwerk::world::{CachedWorld, OsWorld};
use leitwerk::{BuildOptions, Cache};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let root = PathBuf::from(arguments.first().map_or(".", String::as_str));
    let chapter = root.join(arguments.get(1).expect("a chapter"));
    let disk = OsWorld::new(None);
    let world = CachedWorld::new(&disk, root.join(".leitwerk-pending"));
    let (cache, mut files) = (Cache::for_runs(), Files::default());
    let before = std::fs::read_to_string(&chapter).unwrap();
    for round in 0..8 {
        std::fs::write(&chapter, format!("{before}\nRunde {round} der Messung.\n")).unwrap();
        build(&world, &root, &chapter, &cache, &mut files);
    }
    std::fs::write(&chapter, before).unwrap();
}

fn build(world: &CachedWorld<'_>, root: &Path, chapter: &Path, cache: &Cache, files: &mut Files) {
    let begin = Instant::now();
    world.refresh(&BTreeSet::from([chapter.to_path_buf()]));
    let refreshed = begin.elapsed();
    files.begin_run();
    let mut found = Vec::new();
    let options = BuildOptions { drafts: true, base_url: None };
    let built =
        leitwerk::build_again(world, root, &options, (cache, &leitwerk::render::Nobody), files, &mut found).unwrap();
    cache.end_run();
    let laps: Vec<String> = built
        .laps
        .windows(2)
        .map(|pair| format!("{} {:.1}", pair[1].0, (pair[1].1 - pair[0].1).as_secs_f64() * 1e3))
        .collect();
    println!(
        "refresh {:.1}, {}, all {:.1} ms",
        refreshed.as_secs_f64() * 1e3,
        laps.join(", "),
        begin.elapsed().as_secs_f64() * 1e3
    );
}
