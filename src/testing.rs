//! What unit tests of layers need: a [`Ctx`] over a small workbook, and a way to see what a layer draws.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::{Ctx, Row, Talk};
use crate::content::Content;
use crate::domain::{
    Book, Edit, Heard, IdSource, Partner, PartnerId, QuestionId, Source, Splice, TextPlace, VoiceKey,
};
use crate::domain::{Workbook, WorkbookId};
use crate::keymap::Keymap;
use crate::layer::Layer;
use crate::shelf::Shelf;
use crate::theme::Theme;

/// Everything a [`Ctx`] borrows from. Change its parts, then call [`World::ctx`].
#[derive(Debug)]
pub struct World {
    pub content: Content,
    pub book: Option<Book>,
    pub shelf: Shelf,
    pub rows: Vec<Row>,
    pub keymap: Keymap,
    pub size: (u16, u16),
    pub linear: bool,
    pub talks: Vec<Talk>,
    pub ids: IdSource,
}

impl World {
    /// A workbook with one partner, City Museum, and answers of several standings.
    pub fn new() -> Self {
        let mut book = Book::new(Workbook::new(WorkbookId::new("w"), "Tactile guide"), 0);
        let museum = PartnerId::new("museum");
        let edits = [
            Edit::AddPartner { partner: Partner::named(museum.clone(), "City Museum"), place: 0 },
            write("SCO-1", VoiceKey::Ours, "People who cannot see the rooms want to walk them."),
            write("SCO-2", VoiceKey::Ours, "A guide that fingers can read."),
            write("SCO-2", VoiceKey::Theirs(museum.clone()), "Every visitor should find their way."),
            Edit::SetHeard {
                question: QuestionId::new("SCO-2"),
                partner: museum,
                heard: Heard::Disputed,
                checked: Some(jiff::civil::date(2025, 3, 14)),
                person: None,
                source: Source::Said("the call of 14 March".into()),
            },
        ];
        for edit in edits {
            book.act_all(vec![edit], Timestamp::UNIX_EPOCH).unwrap();
        }
        Self {
            content: Content::new(),
            book: Some(book),
            shelf: Shelf { complete: true, ..Shelf::default() },
            rows: Vec::new(),
            keymap: Keymap::default(),
            size: (80, 24),
            linear: false,
            talks: Vec::new(),
            ids: IdSource::new(7),
        }
    }

    /// What a layer sees. The day is 10 November 2025.
    pub fn ctx(&self) -> Ctx<'_> {
        Ctx {
            content: &self.content,
            book: self.book.as_ref(),
            writable: true,
            shelf: &self.shelf,
            keymap: &self.keymap,
            theme: &PLAIN,
            now: "2025-11-10T14:03:00Z".parse().unwrap(),
            talks: &self.talks,
            ids: &self.ids,
            zone: utc(),
            size: self.size,
            linear: self.linear,
            rows: &self.rows,
            touring: false,
            unsaved: false,
            last_question: None,
        }
    }

    /// What a layer draws in a body of this size, as lines of text.
    pub fn drawn(&self, layer: &dyn Layer, width: u16, height: u16) -> String {
        let area = Rect::new(0, 0, width, height);
        let mut buf = Buffer::empty(area);
        layer.draw(area, &mut buf, &self.ctx());
        let lines = (0..height).map(|y| {
            let line: String = (0..width).map(|x| buf[(x, y)].symbol()).collect();
            line.trim_end().to_owned()
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

const PLAIN: Theme = Theme::new(false);

fn utc() -> &'static TimeZone {
    static UTC: TimeZone = TimeZone::UTC;
    &UTC
}

fn write(question: &str, voice: VoiceKey, text: &str) -> Edit {
    Edit::Splice(Splice {
        place: TextPlace::Voice(QuestionId::new(question), voice),
        at: 0,
        delete: String::new(),
        insert: text.into(),
        on: Some(jiff::civil::date(2025, 3, 12)),
    })
}
