//! Floor 4: the program as a value. Keys and news come in as a [`Message`], wishes for the world go out as an
//! [`Effect`]; between them nothing touches a disk, a terminal or a clock.
//!
//! ```text
//! key ─▶ Message ─▶ App::update ─▶ Vec<Effect> ─▶ tui carries them out ─▶ Message …
//!                      │  a layer answers with an Outcome; `carry` turns it into edits and effects
//!                   App::view ─▶ a frame
//! ```
//!
//! Start reading at [`App::update`]; `keys` finds the command for a key, `carry` does what a layer asked for, `view`
//! draws.

mod carry;
mod change;
mod changes;
mod draft;
mod global;
mod go;
mod jots;
mod keys;
mod message;
mod notice;
mod open;
mod others;
mod saving;
mod scope;
mod talks;
mod tour;
mod trail;
mod typing;
mod view;
mod visit;
mod words;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::command::{Ctx, Row};
use crate::content::Content;
use crate::domain::{Book, IdSource, QuestionId, VoiceKey, Workbook, WorkbookId};
use crate::keymap::{Chord, Keymap};
use crate::layer::{Extent, Layer};
use crate::overlay;
use crate::screen;
use crate::shelf::{News, Shelf};
use crate::theme::Theme;

use jots::Jots;
pub use message::{Again, Effect, Message, Moment, Opened, PlaceInBook, Setup, Told};
use notice::Notice;
pub use saving::{Saving, SavingWord};
pub use scope::{ScopeRows, rows_by_scope};
use talks::Talks;
use tour::Tour;
use trail::Trail;
use visit::Visit;

/// The open workbook.
#[derive(Debug)]
struct Open {
    book: Book,
    reading: Option<String>,
    /// Another window writes in it, and can be asked for it.
    held: bool,
    saving: Saving,
    visit: Option<Visit>,
    last_question: Option<QuestionId>,
    /// The day of the last change before it was opened, where that is known.
    changed: Option<Date>,
    /// Where the person was when it was closed.
    was: Option<(QuestionId, Option<VoiceKey>)>,
    /// The day on which the person was last told how things stand, where that is known.
    welcomed: Option<Date>,
    /// When the journal is to be folded, once there is rest.
    fold_at: Option<Duration>,
    /// Another one of it that the person was told of, to which looking back leads first, once.
    told_of: Option<Told>,
    /// Notes of the inbox that have come in here.
    jots: Jots,
}

/// The whole program.
#[derive(Debug)]
pub struct App {
    content: Arc<Content>,
    keymap: Keymap,
    theme: Theme,
    linear: bool,
    /// Whether the map is seen through another model.
    lens: Cell<bool>,
    zone: TimeZone,
    ids: IdSource,
    now: Moment,
    /// The calls that go on in the open workbook.
    talks: Talks,
    size: (u16, u16),
    shelf: Shelf,
    open: Option<Open>,
    /// The way here: the library at the bottom, the screen in sight on top. Never empty.
    screens: Vec<Box<dyn Layer>>,
    /// Screens that were left to look at something, the last one last.
    trail: Vec<Trail>,
    /// Where the tidy sheets were left.
    tidied: screen::tidy::Left,
    /// What stands over the screen, the one that takes keys last.
    overlays: Vec<Box<dyn Layer>>,
    /// Keys that begin a sequence, and when the first of them came.
    pending: Vec<Chord>,
    pending_since: Duration,
    notice: Option<Notice>,
    yank: String,
    /// When text was pasted, if nothing was pressed since.
    pasted_at: Option<Duration>,
    /// What is being typed belongs to the step before it: more of the same paste.
    goes_on: bool,
    tour: Option<Tour>,
    /// Words that were typed into a prompt and not used, by what was asked.
    drafts: BTreeMap<String, String>,
    /// What was asked where such words stand in a screen, and not over it.
    drafting: Option<String>,
    /// What the world was last told of them.
    drafts_sent: BTreeMap<String, String>,
    /// Whether a field takes text, as of the last message.
    typing: bool,
    /// Somebody was typing in the workbook when another window took it over.
    interrupted: bool,
    effects: Vec<Effect>,
}

/// How long the first key of a sequence waits before the rest is shown.
const MENU_AFTER: Duration = Duration::from_millis(300);
/// How long a workbook rests before its journal is folded.
const FOLD_AFTER: Duration = Duration::from_secs(5);

impl App {
    /// The program at its start, before anything has been read.
    pub fn new(setup: Setup) -> Self {
        let rows = all_rows();
        let mut troubles = setup.troubles;
        let keymap = Keymap::with_own(&rows, &setup.own_keys).unwrap_or_else(|errors| {
            troubles.extend(errors.iter().map(|e| format!("Your keys in settings.ron: {e}.")));
            troubles.push("The usual keys are in force.".to_owned());
            Keymap::new(&rows)
        });
        if !setup.drafts.is_empty() && troubles.is_empty() {
            troubles
                .push("Words you had not finished are kept. They are there where you typed them.".to_owned());
        }
        let notice = (!troubles.is_empty()).then(|| Notice::alarm(troubles.join(" ")));
        Self {
            content: setup.content,
            keymap,
            theme: setup.theme,
            linear: setup.linear,
            lens: Cell::new(false),
            zone: setup.zone,
            ids: setup.ids,
            now: setup.now,
            talks: Talks::default(),
            size: setup.size,
            shelf: setup.shelf,
            open: None,
            screens: vec![Box::new(screen::library::Library::new())],
            trail: Vec::new(),
            tidied: screen::tidy::Left::default(),
            overlays: Vec::new(),
            pending: Vec::new(),
            pending_since: Duration::ZERO,
            notice,
            yank: String::new(),
            pasted_at: None,
            goes_on: false,
            tour: None,
            drafts: setup.drafts.clone(),
            drafting: None,
            drafts_sent: setup.drafts,
            typing: false,
            interrupted: false,
            effects: vec![Effect::ReadShelf],
        }
    }

    /// Takes in one message and says what the world is to do about it.
    pub fn update(&mut self, message: Message, now: Moment) -> Vec<Effect> {
        self.now = now;
        self.follow_talks();
        match message {
            Message::Key(chord) => self.key(chord),
            Message::Paste(text) => self.paste(&text),
            Message::Line(text) => self.line(text),
            Message::Resized(columns, rows) => self.size = (columns, rows),
            Message::Tick => self.take_in_jots(),
            Message::Jots { came, gone, before } => self.follow_inbox(came, &gone, before),
            Message::Shelf(shelf) => self.take_shelf(*shelf),
            Message::Opened(opened) => {
                self.take_opened(*opened);
                // at the next tick: what an opening brings about first belongs to the workbook before it
                self.look_for_jots();
            }
            Message::Wanted => self.wanted(),
            Message::CopiesCame(count) => self.copies_came(count),
            Message::Replaced(kept) => self.replaced(kept),
            Message::ChangedOutside(kept) => self.changed_outside(kept),
            Message::News(news) => self.tell_layers(&news),
            Message::Done(text) => self.say(text),
            Message::CouldNot(text) => self.warn(text),
            Message::NotJotted { words, to, why } => self.not_jotted(words, to, &why),
            Message::Exported { what, path, text, remarks } => self.exported(what, &path, text, &remarks),
            Message::ExportExists(wanted) => self.export_exists(*wanted),
            Message::ImportExists { path, workbook, title } => self.import_exists(path, workbook, &title),
            Message::Erased { places, unreached } => self.erased(places, unreached),
            Message::Edited { place, text } => self.edited(place, &text),
            Message::Kept(_) | Message::Synced(_) | Message::NotSaved { .. } | Message::Mended => {
                let on_disk = matches!(message, Message::Synced(_));
                self.take_saving(message);
                if on_disk {
                    self.let_kept_jots_go();
                }
            }
        }
        self.follow_talks();
        self.follow_visit();
        self.follow_tour();
        self.fold_when_due();
        self.follow_question();
        self.follow_drafts();
        self.typing = self.is_typing();
        std::mem::take(&mut self.effects)
    }

    /// When the app wants a [`Message::Tick`] at the latest, on the clock that never jumps; `None` for never.
    pub fn deadline(&self) -> Option<Duration> {
        let menu = (!self.pending.is_empty() && !self.linear && !self.menu_is_due())
            .then(|| self.pending_since + MENU_AFTER);
        let open = self.open.as_ref();
        let fold = open.and_then(|open| open.fold_at);
        let word = open.and_then(|open| open.saving.deadline(self.now.mono));
        let second = (!self.linear).then(|| self.talks.next_second()).flatten();
        let jots = open.filter(|open| open.jots.wait).map(|_| self.jots_may_come_at());
        [menu, fold, word, second, jots].into_iter().flatten().min()
    }

    /// Whether the next frame is held back until the system has what it shows, so that it need not say that it does not.
    pub fn hold_back(&mut self, held: bool) {
        if let Some(open) = &mut self.open {
            open.saving.hold_back(held);
        }
    }

    /// The number of the last record that the frame shows; the world waits a moment for it to be kept.
    pub fn shown_seq(&self) -> Option<u64> {
        self.open.as_ref().filter(|open| open.reading.is_none()).map(|open| open.book.seq())
    }

    /// The title of the terminal's window, for the world to clean and set.
    pub fn window_title(&self) -> String {
        match self.workbook() {
            Some(workbook) if !workbook.title().is_empty() => format!("{} - alongside", workbook.title()),
            _ => "alongside".to_owned(),
        }
    }

    /// The open workbook.
    pub fn workbook(&self) -> Option<&Workbook> {
        self.open.as_ref().map(|open| open.book.workbook())
    }

    fn ctx<'a>(&'a self, rows: &'a [Row]) -> Ctx<'a> {
        self.parts().ctx(rows)
    }

    fn parts(&self) -> Parts<'_> {
        Parts {
            content: &self.content,
            open: self.open.as_ref(),
            shelf: &self.shelf,
            keymap: &self.keymap,
            theme: &self.theme,
            now: self.now,
            talks: &self.talks,
            ids: &self.ids,
            zone: &self.zone,
            size: self.size,
            linear: self.linear,
            touring: self.tour.is_some(),
            lens: &self.lens,
        }
    }

    /// The layer that takes keys, with everything else of the app to look at.
    fn top(&mut self) -> Option<(&mut Box<dyn Layer>, Parts<'_>)> {
        let parts = Parts {
            content: &self.content,
            open: self.open.as_ref(),
            shelf: &self.shelf,
            keymap: &self.keymap,
            theme: &self.theme,
            now: self.now,
            talks: &self.talks,
            ids: &self.ids,
            zone: &self.zone,
            size: self.size,
            linear: self.linear,
            touring: self.tour.is_some(),
            lens: &self.lens,
        };
        let layer = self.overlays.last_mut().or(self.screens.last_mut())?;
        Some((layer, parts))
    }

    fn take_shelf(&mut self, shelf: Shelf) {
        self.shelf = shelf;
        self.look_for_jots();
        let empty = self.shelf.is_empty();
        let at_start = self.open.is_none() && self.screens.len() == 1;
        let shows_first = self.screens.last().is_some_and(|s| s.scope() == "first");
        if at_start && empty != shows_first {
            self.screens = vec![self.bottom_screen()];
        }
        self.sync_all();
    }

    /// The screen at the bottom of everything: the library, or the welcome where there is nothing in it.
    fn bottom_screen(&self) -> Box<dyn Layer> {
        if self.shelf.is_empty() {
            Box::new(screen::first_run::FirstRun::new())
        } else {
            Box::new(screen::library::Library::new())
        }
    }

    /// Tells every layer, since help or the palette may lie over the one that asked.
    fn tell_layers(&mut self, news: &News) {
        self.each_layer(|layer, ctx| layer.told(news, ctx));
    }

    /// Fills every layer anew after the workbook or the library has changed from elsewhere.
    fn sync_all(&mut self) {
        self.each_layer(|layer, ctx| layer.sync(ctx));
    }

    fn each_layer(&mut self, mut each: impl FnMut(&mut dyn Layer, &Ctx<'_>)) {
        // the palette and the help page list the rows of the screen below them
        let rows = self.rows_below_overlays();
        let Self {
            content, open, shelf, keymap, theme, now, talks, ids, zone, size, linear, tour, lens, ..
        } = self;
        let (screens, overlays) = (&mut self.screens, &mut self.overlays);
        let parts = Parts {
            content,
            open: open.as_ref(),
            shelf,
            keymap,
            theme,
            now: *now,
            talks,
            ids,
            zone,
            size: *size,
            linear: *linear,
            touring: tour.is_some(),
            lens,
        };
        for layer in screens.iter_mut().chain(overlays) {
            each(layer.as_mut(), &parts.ctx(&rows));
        }
    }

    /// The screen in sight, below every overlay.
    fn screen(&self) -> Option<&dyn Layer> {
        self.screens.last().map(AsRef::as_ref)
    }

    /// The overlay that takes the whole body, if one does.
    fn covering(&self, ctx: &Ctx<'_>) -> Option<usize> {
        self.overlays.iter().rposition(|layer| layer.extent(ctx) == Extent::Body)
    }

    fn open_id(&self) -> Option<&WorkbookId> {
        self.workbook().map(Workbook::id)
    }
}

/// The parts of the app that a [`Ctx`] is made of, borrowed apart from the layers.
struct Parts<'a> {
    content: &'a Content,
    open: Option<&'a Open>,
    shelf: &'a Shelf,
    keymap: &'a Keymap,
    theme: &'a Theme,
    now: Moment,
    talks: &'a Talks,
    ids: &'a IdSource,
    zone: &'a TimeZone,
    size: (u16, u16),
    linear: bool,
    touring: bool,
    lens: &'a Cell<bool>,
}

impl<'a> Parts<'a> {
    fn ctx(&self, rows: &'a [Row]) -> Ctx<'a> {
        Ctx {
            content: self.content,
            book: self.open.map(|open| &open.book),
            writable: self.open.is_some_and(|open| open.reading.is_none()),
            held: self.open.is_some_and(|open| open.held),
            shelf: self.shelf,
            keymap: self.keymap,
            theme: self.theme,
            now: self.now.wall,
            talks: self.talks.shown(),
            ids: self.ids,
            zone: self.zone,
            size: self.size,
            linear: self.linear,
            rows,
            touring: self.touring,
            unsaved: self.open.is_some_and(|open| open.unsaved(self.now.mono).is_some()),
            last_question: self.open.and_then(|open| open.last_question.as_ref()),
            lens: self.lens,
        }
    }
}

/// Every command row of the program, for the keymap, the documents and the tests.
pub fn all_rows() -> Vec<Row> {
    [global::rows(), typing::rows(), screen::rows(), overlay::rows()].concat()
}
