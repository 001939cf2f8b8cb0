//! [`Laps`]: how long each stage of a build took.

use std::fmt;
use std::time::Duration;

use crate::world::World;

/// The stages that ended, with how long each took. Shown as one line a stage, in milliseconds.
#[derive(Debug, Clone)]
pub struct Laps {
    last: Duration,
    ended: Vec<(&'static str, Duration)>,
}

impl Laps {
    /// Begins to measure.
    pub fn begin(world: &dyn World) -> Self {
        Self { last: world.clock(), ended: Vec::new() }
    }

    /// Notes that a stage ended, and that the next one begins.
    pub fn end(&mut self, stage: &'static str, world: &dyn World) {
        let now = world.clock();
        self.ended.push((stage, now.saturating_sub(self.last)));
        self.last = now;
    }
}

impl fmt::Display for Laps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = self.ended.iter();
        lines.try_for_each(|(stage, took)| writeln!(f, "{:>9.1} ms  {stage}", took.as_secs_f64() * 1e3))
    }
}
