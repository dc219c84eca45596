//! Samples, what is said of them, and the table.

use std::time::Duration;

/// Times of one thing, in the order in which they were taken.
#[derive(Debug, Clone, Default)]
pub struct Samples(Vec<f64>);

impl Samples {
    /// One more, in milliseconds from here on.
    pub fn push(&mut self, took: Duration) {
        self.0.push(took.as_secs_f64() * 1_000.0);
    }

    /// One more, of whatever is counted.
    pub fn count(&mut self, n: f64) {
        self.0.push(n);
    }

    /// The middle one.
    pub fn median(&self) -> f64 {
        self.part(0.5)
    }

    /// The one that 99 in a hundred are not above.
    pub fn p99(&self) -> f64 {
        self.part(0.99)
    }

    fn part(&self, part: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let at = ((sorted.len() as f64 * part).ceil() as usize).clamp(1, sorted.len().max(1)) - 1;
        sorted.get(at).copied().unwrap_or(f64::NAN)
    }
}

/// Prints the head of the table.
pub fn head() {
    println!("{:<52} {:>10} {:>10} {:>10} {:>7}  target", "figure", "median", "p99", "floor", "ratio");
}

/// Prints a row: what was measured, in which unit, beside the floor where there is one, and whether the target is met.
pub fn row(name: &str, unit: &str, ours: &Samples, floor: Option<&Samples>, target: Target) {
    let show = |n: f64| if n < 10.0 { format!("{n:.2} {unit}") } else { format!("{n:.0} {unit}") };
    let ratio = floor.map(|floor| ours.median() / floor.median());
    let met = match target {
        Target::None => None,
        Target::AtMost(most) => Some(ours.median() <= most),
        Target::TimesFloor(most) => ratio.map(|ratio| ratio <= most),
        Target::TimesMedian(most) => Some(ours.p99() <= ours.median() * most),
    };
    let said = match target {
        Target::None => String::new(),
        Target::AtMost(most) => format!("at most {}", show(most)),
        Target::TimesFloor(most) => format!("at most {most} x floor"),
        Target::TimesMedian(most) => format!("p99 at most {most} x median"),
    };
    let met = met.map_or("", |met| if met { ": met" } else { ": MISSED" });
    println!(
        "{name:<52} {:>10} {:>10} {:>10} {:>7}  {said}{met}",
        show(ours.median()),
        show(ours.p99()),
        floor.map_or(String::new(), |floor| show(floor.median())),
        ratio.map_or(String::new(), |ratio| format!("{ratio:.2}")),
    );
}

/// What a figure is held against.
#[derive(Debug, Clone, Copy)]
pub enum Target {
    /// Nothing; it is only told.
    None,
    /// A median.
    AtMost(f64),
    /// A ratio to the floor of the same run.
    TimesFloor(f64),
    /// A p99 against the median of the same figure.
    TimesMedian(f64),
}
