//! What the system knows of a running program: processor time, wake-ups, memory. Linux only; elsewhere nothing is known.

use std::fs;

/// What a process has used so far.
#[derive(Debug, Clone, Copy, Default)]
pub struct Used {
    /// Processor time of all its threads, in microseconds.
    pub cpu_us: f64,
    /// How often any of its threads went to sleep by itself, which is how often it had woken up.
    pub wakes: u64,
}

/// What a process has used so far.
pub fn used(pid: u32) -> Used {
    let mut used = Used::default();
    for task in fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten() {
        let read = |name: &str| fs::read_to_string(task.path().join(name)).unwrap_or_default();
        let ns: f64 = read("schedstat").split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0.0);
        used.cpu_us += ns / 1_000.0;
        used.wakes += number(&read("status"), "voluntary_ctxt_switches:");
    }
    used
}

/// The most memory a process has had at once, in MiB.
pub fn peak_mib(pid: u32) -> f64 {
    number(&fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default(), "VmHWM:") as f64 / 1024.0
}

fn number(text: &str, name: &str) -> u64 {
    let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    line.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or(0)
}
