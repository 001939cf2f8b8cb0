//! Properties that must hold for every input, tried on generated and, where a folder of them is named, on real texts.

mod comparison;
mod corpora;
mod edits;
mod following;
mod fuzz;
pub mod generate;
mod lineage;
mod markdown;
mod mirror;
mod mutated;
mod mutations;
mod numbers;
mod rebuilds;
mod releases;
mod speed;
mod texts;
mod words;
