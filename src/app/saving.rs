//! What the status line says about the disk, and nothing but the truth.
//!
//! ```text
//! an edit ─▶ kept (the system has it) ─▶ synced (the disk has it)
//! ```
//!
//! "Saved" means that everything older than a second is synced. The word changes only when a sync is later than that,
//! or failed.

use std::collections::VecDeque;
use std::time::Duration;

use jiff::Timestamp;

use super::Moment;

/// A sync that is later than this after the edit is said.
const LATE: Duration = Duration::from_secs(1);

/// What is known about the saving of the open workbook.
#[derive(Debug, Clone)]
pub struct Saving {
    /// Number of the last record made.
    made: u64,
    /// Whether any record was made since the workbook was opened.
    any: bool,
    /// Number of the last record that the system has.
    kept: u64,
    /// Number of the last record that the disk has.
    synced: u64,
    /// The records that the disk does not have, and when they were made; oldest first.
    unsynced: VecDeque<(u64, Duration)>,
    /// When everything was last on the disk.
    good_at: Timestamp,
    failed: Option<String>,
    /// What is drawn is held back until it is kept.
    held_back: bool,
}

/// What the status line is to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SavingWord {
    /// Everything older than a second is on the disk; it was at this time.
    Saved(Timestamp),
    /// The system has it; a power cut could still take the last moments.
    KeptOnly,
    /// What is shown has not reached the system yet.
    NotYetKept,
    /// Everything older than a second is on the disk, as of this time, but the file could not be saved: why.
    SavedBut(String, Timestamp),
    /// Saving fails: why, and when everything was last on the disk.
    NotSaved(String, Timestamp),
}

impl Saving {
    /// Everything up to `seq` is on the disk.
    pub fn new(seq: u64, now: Moment) -> Self {
        Self {
            made: seq,
            any: false,
            kept: seq,
            synced: seq,
            unsynced: VecDeque::new(),
            good_at: now.wall,
            failed: None,
            held_back: false,
        }
    }

    /// A record was made.
    pub fn made(&mut self, seq: u64, now: Moment) {
        self.made = seq;
        self.any = true;
        self.unsynced.push_back((seq, now.mono));
    }

    /// Whether anything was changed since the workbook was opened.
    pub fn has_made(&self) -> bool {
        self.any
    }

    /// The system has everything up to `seq`.
    pub fn kept(&mut self, seq: u64) {
        self.kept = self.kept.max(seq);
    }

    /// What is drawn from now on is seen only once it is kept, or at once.
    pub fn hold_back(&mut self, held: bool) {
        self.held_back = held;
    }

    /// The disk has everything up to `seq`.
    pub fn synced(&mut self, seq: u64, now: Moment) {
        self.kept(seq);
        self.synced = self.synced.max(seq);
        self.good_at = now.wall;
        let safe = self.unsynced.partition_point(|(made, _)| *made <= self.synced);
        self.unsynced.drain(..safe);
    }

    /// Number of the last record that the disk has.
    pub fn on_disk(&self) -> u64 {
        self.synced
    }

    /// Saving fails.
    pub fn failed(&mut self, why: String) {
        self.failed = Some(why);
    }

    /// Saving works again.
    pub fn mended(&mut self) {
        self.failed = None;
    }

    /// What to say.
    pub fn word(&self, now: Duration) -> SavingWord {
        let kept = self.kept >= self.made || self.held_back;
        match &self.failed {
            Some(why) if kept && !self.is_late(now) => SavingWord::SavedBut(why.clone(), self.good_at),
            Some(why) => SavingWord::NotSaved(why.clone(), self.good_at),
            None if !kept => SavingWord::NotYetKept,
            None if self.is_late(now) => SavingWord::KeptOnly,
            None => SavingWord::Saved(self.good_at),
        }
    }

    /// When the word may change by itself.
    pub fn deadline(&self, now: Duration) -> Option<Duration> {
        self.late_at().filter(|at| *at > now)
    }

    fn is_late(&self, now: Duration) -> bool {
        self.late_at().is_some_and(|at| now >= at)
    }

    fn late_at(&self) -> Option<Duration> {
        self.unsynced.front().map(|(_, made)| *made + LATE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: u64) -> Moment {
        Moment { wall: Timestamp::UNIX_EPOCH, mono: Duration::from_millis(ms) }
    }

    #[test]
    fn a_frame_that_is_held_back_until_it_is_kept_need_not_say_that_it_is_not() {
        let mut saving = Saving::new(0, at(0));
        saving.made(1, at(10));
        saving.hold_back(true);
        assert!(matches!(saving.word(at(10).mono), SavingWord::Saved(_)));
        assert_eq!(saving.word(at(1010).mono), SavingWord::KeptOnly, "the disk may still be late");
        saving.failed("the disk is full".into());
        assert!(matches!(saving.word(at(10).mono), SavingWord::SavedBut(..)), "it goes into room set aside");
        saving.hold_back(false);
        assert!(matches!(saving.word(at(10).mono), SavingWord::NotSaved(..)));
        saving.mended();
        assert_eq!(saving.word(at(10).mono), SavingWord::NotYetKept);
    }

    #[test]
    fn the_word_changes_only_when_a_sync_is_late_or_fails() {
        let mut saving = Saving::new(0, at(0));
        saving.made(1, at(10));
        assert_eq!(saving.word(at(10).mono), SavingWord::NotYetKept);
        saving.kept(1);
        assert!(matches!(saving.word(at(500).mono), SavingWord::Saved(_)));
        assert_eq!(saving.deadline(at(500).mono), Some(Duration::from_millis(1010)));
        assert_eq!(saving.word(at(1010).mono), SavingWord::KeptOnly);
        saving.synced(1, at(1200));
        assert!(matches!(saving.word(at(5000).mono), SavingWord::Saved(_)));
        assert_eq!(saving.deadline(at(5000).mono), None, "an idle program does not wake up");
        // a sync that took long says nothing of what was made meanwhile
        saving.made(2, at(6000));
        saving.made(3, at(6100));
        saving.kept(3);
        saving.synced(2, at(9000));
        assert_eq!(saving.word(at(9000).mono), SavingWord::KeptOnly);
        saving.synced(3, at(9100));
        assert!(matches!(saving.word(at(9100).mono), SavingWord::Saved(_)));
        saving.failed("the disk is full".into());
        assert!(
            matches!(saving.word(at(9100).mono), SavingWord::SavedBut(..)),
            "all there is is on the disk"
        );
        saving.made(4, at(9200));
        assert!(matches!(saving.word(at(9200).mono), SavingWord::NotSaved(..)));
        saving.kept(4);
        assert!(
            matches!(saving.word(at(9700).mono), SavingWord::SavedBut(..)),
            "it goes into room set aside"
        );
        assert!(matches!(saving.word(at(10_200).mono), SavingWord::NotSaved(..)), "and is late");
        saving.synced(4, at(10_300));
        assert!(matches!(saving.word(at(10_300).mono), SavingWord::SavedBut(..)));
        saving.mended();
        assert!(matches!(saving.word(at(10_300).mono), SavingWord::Saved(_)));
    }
}
