//! What holds for every text, every size and every order of keys.

use super::super::clean::is_unwelcome;
use super::*;
use crate::testing::properties::cases;
use crate::widget::glyph::{glyphs, snap};

fn motion() -> impl Strategy<Value = Motion> {
    use Motion::*;
    prop::sample::select(vec![
        Left, Right, Up, Down, WordLeft, WordRight, RowStart, RowEnd, TextStart, TextEnd, PageUp, PageDown,
    ])
}

/// One thing that can happen to a field.
#[derive(Clone, Debug)]
enum Event {
    Act(Verb),
    Paste(String),
    Resize(u16, u16),
    Undo,
}

fn event() -> impl Strategy<Value = Event> {
    use Verb::*;
    let edits =
        vec![Newline, Backspace, Delete, KillToEnd, KillToStart, KillWord, SelectAll, Copy, Cut, Paste];
    prop_oneof![
        3 => motion().prop_map(|motion| Event::Act(Move(motion))),
        3 => motion().prop_map(|motion| Event::Act(Select(motion))),
        3 => prop::sample::select(edits).prop_map(Event::Act),
        2 => any::<char>().prop_map(|c| Event::Act(Char(c))),
        2 => nasty().prop_map(Event::Paste),
        1 => (0..12u16, 0..6u16).prop_map(|(width, height)| Event::Resize(width, height)),
        1 => Just(Event::Undo),
    ]
}

fn kind() -> impl Strategy<Value = Kind> {
    prop::sample::select(vec![Kind::Prose, Kind::Line])
}

fn assert_sound(field: &Field, width: u16, height: u16) {
    let area = Rect::new(3, 2, width, height);
    let mut buf = Buffer::empty(Rect::new(0, 0, 20, 10));
    field.render(area, &mut buf, STYLE);
    for cell in buf.content() {
        assert!(!cell.symbol().chars().any(is_unwelcome), "{:?} in a cell", cell.symbol());
    }
    match field.cursor_position(area) {
        Some(cell) => assert!(area.contains(cell), "cursor {cell} is not in {area}"),
        None => assert!(area.is_empty()),
    }
    let Place { line, byte } = field.caret.place;
    assert_eq!(snap(field.lines.line(line), byte), byte, "the caret is within a grapheme");
    let mut fresh = Layout::default();
    fresh.fit(usize::from(width).saturating_sub(1).max(1), field.lines.as_slice());
    if field.kind == Kind::Prose && !field.is_empty() {
        assert_eq!(usize::from(field.desired_height(width)), fresh.rows(), "the cached rows are out of date");
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn every_splice_leads_from_the_old_text_to_the_new(
        kind in kind(), text in nasty(), events in vec(event(), 0..40)
    ) {
        let mut field = Field::new(kind).with_text(&text);
        let (mut model, mut done, mut size) = (text, Vec::<Splice>::new(), (9, 4));
        for event in events {
            let did = match event {
                Event::Act(verb) => field.act(verb).unwrap(),
                Event::Paste(text) => field.paste(&text).unwrap(),
                Event::Resize(width, height) => {
                    size = (width, height);
                    Did::Nothing
                }
                Event::Undo => {
                    if let Some(splice) = done.pop() {
                        prop_assert!(field.apply_splice(&splice.inverse()));
                        model = splice.inverse().apply(&model).unwrap();
                    }
                    Did::Nothing
                }
            };
            if let Did::Changed(splice) = did {
                model = splice.apply(&model).unwrap();
                done.push(splice);
            }
            prop_assert_eq!(&field.text(), &model);
            prop_assert_eq!(field.len(), model.len());
            assert_sound(&field, size.0, size.1);
        }
        while let Some(splice) = done.pop() {
            model = splice.inverse().apply(&model).unwrap();
            prop_assert!(field.set_text(&model));
            prop_assert_eq!(&field.text(), &model);
        }
    }

    #[test]
    fn any_text_is_drawn_at_any_size(kind in kind(), text in nasty(), at in 0..100usize) {
        let mut field = Field::new(kind).with_text(&text).with_placeholder("日本 type here");
        field.set_caret(at);
        for width in 0..12 {
            for height in 0..6 {
                assert_sound(&field, width, height);
            }
        }
    }

    #[test]
    fn the_cursor_stands_on_the_glyph_that_follows_it(kind in kind(), text in nasty(), width in 9..30u16) {
        let mut field = Field::new(kind).with_text(&text);
        let mut start = 0;
        for line in text.split('\n') {
            for glyph in glyphs(line).filter(|glyph| !glyph.is_blank() && (1..4).contains(&glyph.width)) {
                field.set_caret(start + glyph.at);
                let buf = drawn(&field, width, 3);
                let cell = field.cursor_position(buf.area).unwrap();
                prop_assert_eq!(buf[cell].symbol(), glyph.symbol);
            }
            start += line.len() + 1;
        }
    }

    #[test]
    fn down_goes_row_by_row_and_up_comes_back(text in nasty(), width in 1..15u16) {
        let mut field = prose(&text);
        field.set_caret(0);
        drop(drawn(&field, width, 4));
        let row = |field: &Field| field.layout.borrow().row_number(field.caret.place, field.caret.hugs);
        for next in 1..usize::from(field.desired_height(width)) {
            prop_assert_eq!(field.act(Verb::Move(Motion::Down)), Ok(Did::Moved));
            prop_assert_eq!(row(&field), next);
        }
        prop_assert_eq!(field.act(Verb::Move(Motion::Down)), Ok(Did::Edge));
        while field.act(Verb::Move(Motion::Up)) == Ok(Did::Moved) {}
        prop_assert_eq!(field.caret(), 0);
    }

    #[test]
    fn right_visits_every_grapheme_and_left_comes_back(text in nasty()) {
        let mut field = prose(&text);
        field.set_caret(0);
        let mut visited = vec![0];
        while field.act(Verb::Move(Motion::Right)) == Ok(Did::Moved) {
            visited.push(field.caret());
        }
        let graphemes: usize = text.split('\n').map(|line| glyphs(line).count() + 1).sum();
        prop_assert_eq!((visited.len(), visited.last()), (graphemes, Some(&text.len())));
        while let Some(at) = visited.pop() {
            prop_assert_eq!(field.caret(), at);
            let did = if visited.is_empty() { Did::Edge } else { Did::Moved };
            prop_assert_eq!(field.act(Verb::Move(Motion::Left)), Ok(did));
        }
    }

    #[test]
    fn a_row_is_never_wider_than_its_room(text in nasty(), width in 2..15u16) {
        let field = prose(&text);
        for row in field.layout_for(width).rows_from(0, field.lines.as_slice()) {
            let text = field.lines.line(row.line).get(row.start..row.end).unwrap();
            let shown: Vec<_> = glyphs(text).collect();
            let hanging = shown.iter().rev().take_while(|glyph| glyph.is_blank()).count();
            let cells: usize = shown.iter().rev().skip(hanging).map(|glyph| glyph.width).sum();
            prop_assert!(cells < usize::from(width) || shown.len() == hanging + 1, "{text:?}");
        }
    }
}
