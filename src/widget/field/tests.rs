//! The cases that a person would name. What holds for every text is in `properties`; the helpers at the top
//! are shared with the tests of the other files.

mod properties;

use super::*;
use proptest::collection::vec;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

const VISIBLE: &[&str] = &[
    "a",
    "word ",
    "two words",
    "averylongwordindeed",
    "-",
    "日本語",
    "。",
    "ｶﾞ",
    "👩‍👧‍👦",
    "👍🏽",
    "🇫🇷",
    "🇩",
    "e\u{301}",
    "❤\u{fe0f}",
    "क्षि",
    "ᄀ",
    "각",
    "\u{600}",
    "עברית",
];
const INVISIBLE: &[&str] =
    &[" ", "   ", "\t", "\n", "\n\n", "\u{301}", "\u{200b}", "\u{200c}", "\u{200d}", "\u{fe0f}"];
const UNWELCOME: &[&str] = &[
    "\r",
    "\r\n",
    "\x1b[2J",
    "\x07",
    "\u{7f}",
    "\u{9b}",
    "\u{85}",
    "\u{202e}",
    "\u{2069}",
    "\u{feff}",
    "\u{e0041}",
    "\u{2028}",
];

/// Texts made of what breaks editors: joined emoji, flags, lone marks, wide and invisible characters,
/// controls.
pub fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(VISIBLE).prop_map(str::to_owned),
        2 => prop::sample::select(INVISIBLE).prop_map(str::to_owned),
        1 => prop::sample::select(UNWELCOME).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn prose(text: &str) -> Field {
    Field::new(Kind::Prose).with_text(text)
}

const STYLE: FieldStyle = FieldStyle {
    text: Style::new(),
    selected: Style::new().add_modifier(Modifier::REVERSED),
    placeholder: Style::new().add_modifier(Modifier::DIM),
};

fn drawn(field: &Field, width: u16, height: u16) -> Buffer {
    let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
    field.render(buf.area, &mut buf, STYLE);
    buf
}

/// The drawn rows without the blanks at their ends, and the cell of the cursor.
fn screen(field: &Field, width: u16, height: u16) -> (Vec<String>, (u16, u16)) {
    let buf = drawn(field, width, height);
    let row = |y| (0..width).map(|x| buf[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
    let Position { x, y } = field.cursor_position(buf.area).unwrap();
    ((0..height).map(row).collect(), (x, y))
}

fn press(field: &mut Field, verbs: impl IntoIterator<Item = Verb>) {
    for verb in verbs {
        field.act(verb).unwrap();
    }
}

#[test]
fn prose_wraps_at_words_and_keeps_a_cell_for_the_caret() {
    let mut field = prose("aaa bbb ccc");
    assert_eq!(screen(&field, 8, 3), (vec!["aaa bbb".into(), "ccc".into(), String::new()], (3, 1)));
    field.set_text("aaa bbb");
    field.set_caret(7);
    assert_eq!(screen(&field, 8, 1), (vec!["aaa bbb".into()], (7, 0)));
    // The space would hang over the edge: the caret goes where the next word will stand.
    press(&mut field, [Verb::Char(' ')]);
    assert_eq!(screen(&field, 8, 2), (vec!["aaa bbb".into(), String::new()], (0, 1)));
    press(&mut field, [Verb::Char('c')]);
    assert_eq!(screen(&field, 8, 2), (vec!["aaa bbb".into(), "c".into()], (1, 1)));
}

#[test]
fn long_words_and_wide_characters_break_anywhere() {
    assert_eq!(screen(&prose("x aaaaaaaaaa"), 5, 4).0, ["x", "aaaa", "aaaa", "aa"]);
    assert_eq!(screen(&prose("日本語日本"), 6, 3).0, ["日 本", "語 日", "本"]);
    assert_eq!(prose("日本語").desired_height(1), 3);
}

#[test]
fn a_joined_emoji_is_one_step_and_two_cells() {
    let mut field = prose("👩‍👧‍👦x");
    assert_eq!(screen(&field, 9, 1).1, (3, 0));
    press(&mut field, [Verb::Move(Motion::Left)]);
    assert_eq!(screen(&field, 9, 1).1, (2, 0));
    press(&mut field, [Verb::Backspace]);
    assert_eq!(field.text(), "x");
}

#[test]
fn home_and_end_go_to_the_ends_of_the_drawn_row() {
    let mut field = prose("aaa bbb ccc");
    drop(drawn(&field, 8, 3));
    field.set_caret(1);
    press(&mut field, [Verb::Move(Motion::RowEnd)]);
    assert_eq!((field.caret(), screen(&field, 8, 3).1), (7, (7, 0)));
    press(&mut field, [Verb::Move(Motion::Right), Verb::Move(Motion::RowStart)]);
    assert_eq!((field.caret(), screen(&field, 8, 3).1), (8, (0, 1)));
    // Within a long word the end of one row is the start of the next: End stays, and a second End too.
    let mut field = prose("aaaaaaaaaa");
    drop(drawn(&field, 5, 3));
    field.set_caret(1);
    press(&mut field, [Verb::Move(Motion::RowEnd), Verb::Move(Motion::RowEnd)]);
    assert_eq!((field.caret(), screen(&field, 5, 3).1), (4, (4, 0)));
}

#[test]
fn the_column_is_kept_over_a_short_line() {
    let mut field = prose("abcdef\nx\nabcdef");
    drop(drawn(&field, 20, 5));
    field.set_caret(4);
    press(&mut field, [Verb::Move(Motion::Down)]);
    assert_eq!(field.caret(), 8);
    press(&mut field, [Verb::Move(Motion::Down)]);
    assert_eq!(field.caret(), 13);
    // Any other move forgets it.
    press(&mut field, [Verb::Move(Motion::Up), Verb::Move(Motion::RowStart), Verb::Move(Motion::Up)]);
    assert_eq!(field.caret(), 0);
}

#[test]
fn arrows_report_the_edge_unless_they_select() {
    let mut field = prose("a");
    for (at, motion) in [(0, Motion::Left), (0, Motion::Up), (1, Motion::Right), (1, Motion::Down)] {
        field.set_caret(at);
        assert_eq!(field.act(Verb::Select(motion)), Ok(Did::Nothing));
        assert_eq!(field.act(Verb::Move(motion)), Ok(Did::Edge));
    }
    assert_eq!(field.act(Verb::Move(Motion::RowEnd)), Ok(Did::Nothing));
    assert_eq!(field.act(Verb::Delete), Ok(Did::Nothing));
}

#[test]
fn typing_replaces_the_selection_in_one_splice() {
    let mut field = prose("one\ntwo");
    field.set_caret(1);
    press(&mut field, [Verb::Select(Motion::Down)]);
    assert_eq!((field.selection(), field.selected_text().as_deref()), (Some(1..5), Some("ne\nt")));
    let splice = Splice { at: 1, delete: "ne\nt".into(), insert: "X".into() };
    assert_eq!(field.act(Verb::Char('X')), Ok(Did::Changed(splice)));
    assert_eq!((field.text().as_str(), field.caret(), field.selection()), ("oXwo", 2, None));
}

#[test]
fn an_arrow_lets_go_of_a_selection_at_its_near_end() {
    let mut field = prose("one two");
    press(&mut field, [Verb::Select(Motion::WordLeft), Verb::Move(Motion::Left)]);
    assert_eq!((field.caret(), field.selection()), (4, None));
    press(&mut field, [Verb::SelectAll, Verb::Move(Motion::Right)]);
    assert_eq!((field.caret(), field.unselect()), (7, false));
}

#[test]
fn cut_copy_and_paste_keep_their_own_text() {
    let mut field = prose("one\ntwo");
    assert_eq!(field.act(Verb::Copy), Ok(Did::Nothing));
    press(&mut field, [Verb::SelectAll]);
    assert_eq!(field.act(Verb::Copy), Ok(Did::Copied));
    assert_eq!(field.selection(), Some(0..7));
    press(&mut field, [Verb::Cut, Verb::Char('-'), Verb::Paste, Verb::Paste]);
    assert_eq!(field.text(), "-one\ntwoone\ntwo");
    // Other deletions leave it alone.
    press(&mut field, [Verb::KillWord, Verb::Backspace]);
    assert_eq!(field.yank(), "one\ntwo");
    let mut line = Field::new(Kind::Line);
    line.set_yank(&field.yank());
    press(&mut line, [Verb::Paste]);
    assert_eq!(line.text(), "one two");
}

#[test]
fn kills_take_what_the_eye_sees() {
    let mut field = prose("aaa bbb ccc\nd");
    drop(drawn(&field, 8, 3));
    field.set_caret(5);
    press(&mut field, [Verb::KillToEnd]);
    assert_eq!(field.text(), "aaa b ccc\nd");
    press(&mut field, [Verb::KillToStart]);
    assert_eq!(field.text(), " ccc\nd");
    press(&mut field, [Verb::Move(Motion::RowEnd), Verb::KillToEnd]);
    assert_eq!(field.text(), " cccd");
    press(&mut field, [Verb::Move(Motion::TextEnd), Verb::KillWord]);
    assert_eq!(field.text(), " ");
}

#[test]
fn words_skip_blanks_and_punctuation() {
    let mut field = prose("one, «two» 👍🏽\nthree");
    let mut stops = vec![];
    while field.act(Verb::Move(Motion::WordLeft)) == Ok(Did::Moved) {
        stops.push(field.text()[field.caret()..].chars().next().unwrap());
    }
    assert_eq!(stops, ['t', '\n', '👍', 't', 'o']);
    press(&mut field, [Verb::Move(Motion::WordRight), Verb::Move(Motion::WordRight)]);
    assert_eq!(&field.text()[..field.caret()], "one, «two");
}

#[test]
fn a_line_scrolls_sideways_and_takes_no_newline() {
    let mut field = Field::new(Kind::Line).with_text("0123456789");
    assert_eq!(screen(&field, 5, 1), (vec!["6789".into()], (4, 0)));
    field.set_caret(2);
    assert_eq!(screen(&field, 5, 1), (vec!["23456".into()], (0, 0)));
    assert_eq!(field.act(Verb::Newline), Ok(Did::Nothing));
    field.paste("a\r\nb\n").unwrap();
    assert_eq!(field.text(), "01a b23456789");
    // A wide character under the caret shows whole.
    let mut field = Field::new(Kind::Line).with_text("abcd日ef");
    field.set_caret(4);
    assert_eq!(screen(&field, 5, 1), (vec!["bcd日".into()], (3, 0)));
}

#[test]
fn a_paste_beyond_the_limit_is_refused_whole() {
    let mut field = prose(&"x".repeat(LIMIT - 1));
    let refused = TooLong { would_be: LIMIT + 1, limit: LIMIT };
    assert_eq!(field.paste("ab"), Err(refused));
    assert_eq!(refused.to_string(), "this would make 201 KB, and one field holds 200 KB");
    assert_eq!(field.len(), LIMIT - 1);
    press(&mut field, [Verb::Char('a')]);
    assert!(field.act(Verb::Char('b')).is_err());
    // A selection makes room, and what came in too long can still be shortened.
    press(&mut field, [Verb::Select(Motion::Left), Verb::Char('b')]);
    field.set_text(&"y".repeat(2 * LIMIT));
    press(&mut field, [Verb::Move(Motion::TextEnd), Verb::Backspace]);
    assert_eq!(field.len(), 2 * LIMIT - 1);
}

#[test]
fn the_caret_stays_with_the_text_round_it() {
    let mut field = prose("one two three");
    field.set_caret(4);
    assert!(!field.set_text("one two three"));
    assert!(field.set_text("zero, one two three"));
    assert_eq!(field.caret(), 10);
    assert!(field.set_text("zero, one two"));
    assert_eq!(field.caret(), 10);
    assert!(field.set_text("new"));
    assert_eq!(field.caret(), 3);
    assert!(!field.apply_splice(&Splice { at: 2, delete: "x".into(), insert: String::new() }));
    assert!(field.apply_splice(&Splice { at: 0, delete: "n".into(), insert: "\nfe".into() }));
    assert_eq!((field.text().as_str(), field.caret()), ("\nfeew", 3));
}

#[test]
fn an_edit_never_leaves_the_caret_within_a_grapheme() {
    let mut field = prose("e\n\u{301}x");
    field.set_caret(1);
    press(&mut field, [Verb::Delete]);
    assert_eq!((field.text().as_str(), field.caret()), ("e\u{301}x", 3));
}

#[test]
fn the_view_follows_the_caret_and_says_what_it_hides() {
    let mut field = prose("1\n2\n3\n4\n5");
    let area = Rect::new(0, 0, 4, 2);
    assert_eq!((screen(&field, 4, 2).0, field.hidden_rows(area)), (vec!["4".into(), "5".into()], (3, 0)));
    press(&mut field, [Verb::Move(Motion::Up)]);
    assert_eq!(screen(&field, 4, 2), (vec!["4".into(), "5".into()], (1, 0)));
    press(&mut field, [Verb::Move(Motion::PageUp)]);
    assert_eq!((screen(&field, 4, 2).0, field.hidden_rows(area)), (vec!["3".into(), "4".into()], (2, 1)));
}

#[test]
fn a_hint_shows_until_there_is_text() {
    let mut field = Field::new(Kind::Prose).with_placeholder("in your own words");
    assert_eq!(screen(&field, 9, 3), (vec!["in your".into(), "own".into(), "words".into()], (0, 0)));
    assert_eq!((field.desired_height(9), field.desired_height(40)), (3, 1));
    press(&mut field, [Verb::Char('a')]);
    assert_eq!(screen(&field, 9, 1), (vec!["a".into()], (1, 0)));
}

#[test]
fn a_selection_is_seen_over_empty_lines() {
    let mut field = prose("ab\n\ncd");
    press(&mut field, [Verb::SelectAll]);
    let buf = drawn(&field, 6, 3);
    let selected = |x, y| buf[(x, y)].modifier.contains(Modifier::REVERSED);
    let seen: Vec<_> = (0..3).map(|y| (0..6).filter(|&x| selected(x, y)).count()).collect();
    assert_eq!(seen, [3, 1, 2]);
}

#[test]
fn controls_that_a_file_brought_in_are_shown_not_sent() {
    assert_eq!(screen(&prose("a\x1b[2Jb\u{202e}c\r"), 20, 1).0, ["a\u{fffd}[2Jb\u{fffd}c\u{fffd}"]);
}
