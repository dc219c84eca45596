//! Read-only questions about a workbook. Nothing here changes anything or remembers anything.

mod agenda;
mod agreement;
mod dated;
mod deputies;
mod ending;
mod find;
mod hand_on;
mod key_people;
mod lacks;
mod links;
mod matrix;
mod pause;
mod progress;
mod pulse;
mod say;
mod settle;
mod since;
pub mod skills;
mod starting;
mod summary;
mod sums;
mod talk;
mod tidy;
mod timeline;
mod walk;
mod welcome;
mod worries;

pub use agenda::{AgendaItem, AgendaKind, AgendaTo, Digest, OPEN, agenda};
pub use agreement::{
    ClauseChange, ClauseNow, ClauseWords, Drawn, Fact, Gap, HowChanged, NewVersion, Weighed, Weight,
    agreed_today, clauses_of, compare, fairness, gaps, gaps_in_words, in_force, next_number, now_as_version,
    paper, since_agreed, suggested, versions, weigh,
};
pub use dated::happened;
pub use deputies::{Deputised, deputies, stand_in_for, stand_ins};
pub use ending::{
    announce, announced_state, done_with, ending_in_words, ending_now, ending_of, move_teller, next_turn,
    open_again, promise_of, remains_in_words, still_to_wind_up, takes_along, tellers, what_remains,
    what_stands, wind_up, wish_in_words,
};
pub use find::{Finder, Hit, find};
pub use hand_on::{Fate, Handing, Hanging, Takers, Thread, hand_on, hangs_on_side};
pub use key_people::{KeyPerson, Leaver, hangs_on, key_people, leaver, there};
pub use lacks::{activity_lacks, lacking};
pub use links::{Link, Named, has_links, linked_by, links, named};
pub use matrix::{Across, Behind, BehindAt, Matrix, MatrixCell, matrix};
pub use pause::{Worth, is_old, last_pause, reopen, resumed, snapshot, worth_reopening};
pub use progress::{AspectState, Tally, aspect_state, tally};
pub use pulse::{
    Occasion, Reading, concern_mark, course_in_words, gone_since, last_said, pulse_lines, pulse_sides,
    readings, readings_of, unanswered_concerns,
};
pub use say::{Where, place_in_words, record_in_words, side, value_in_words, who_in_words};
pub use since::{Changed, Since, Words, gone, since, snapshot_of};
pub use starting::{
    A_LACK, ONLY_OURS, go_decision, hand, is_one_sided, is_one_sided_answer, is_set_aside,
    is_written_as_a_lack, level_of, tried, type_of,
};
pub use summary::Summary;
pub use sums::{HoursSum, MoneySum, all_hours, all_money, hours_sums, money_sums, time_in_words};
pub use talk::{ToAsk, call_title, call_with, is_source, owed_with, sides_on, to_ask};
pub use tidy::{
    Untidy, Who, left_to_tidy, let_be, lines_about, promises_of, questions_like, quoted, to_tidy,
    what_is_promised, who_promises,
};
pub use timeline::{Happened, Happening, timeline};
pub use walk::{disputed, is_open_again, is_unsure, never_checked, next_unsure, standing_of};
pub use welcome::{Away, Contact, Resting, Welcome, days_between, has_been_away, last_things, welcome};
pub use welcome::{
    away_in_words, contact_in_words, gone_in_words, look_again_in_words, owed_in_words, owed_without_day,
    some_of,
};
pub use worries::{Worry, worries};
