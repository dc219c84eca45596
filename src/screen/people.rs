//! Partners and people: our side first, then each partner with its people, and the few lines that are kept of each.
//!
//! It holds no name itself: every field shows a place of the workbook, and what is typed there is an edit at once. `entry`
//! says what stands in the list and in a form, `draw` how it looks. Start at [`ROWS`]; while a field takes text the keys
//! are those of [`FIELD_ROWS`].

mod draw;
mod entry;
mod key;
pub use key::page as deputies;
#[cfg(test)]
mod tests;

use std::cell::RefCell;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::entry::Entry;
use super::form::{Beside, Form, FormField};
use super::words::{self, READ_ONLY};
use super::{hand_on, page, prompts};
use crate::command::{Command, Ctx, Go, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::domain::{Edit, Partner, Person, TextPlace, Workbook};
use crate::layer::Layer;
use crate::overlay::{Menu, MenuRow};
use crate::widget::field::Field;
use crate::widget::list::List;

/// Partners and people.
#[derive(Debug)]
pub struct People {
    /// Follows `focused` while drawing, hence the cell.
    list: RefCell<List>,
    /// Who is in focus. Kept by id, since others come and go.
    focused: Option<Entry>,
    form: Form,
}

pub(super) const ROWS: &[Command<People>] = &[
    command("people.edit", &["enter"], "Write in the details", People::edit)
        .footer(1, "edit")
        .words("change rename"),
    command("people.back", &["esc"], "One step back", People::back).footer(2, "back"),
    command("people.new", &["n"], "A partner joins", People::new_partner)
        .footer(3, "partner")
        .words("add organisation group")
        .changes(),
    command("people.add", &["a"], "Somebody joins the side in focus", People::new_person)
        .footer(3, "person")
        .words("add person contact name")
        .changes(),
    command("people.bin", &["d d"], "Put the one in focus into the bin", People::bin)
        .words("delete remove")
        .changes(),
    command("people.left", &["t"], "They leave, rest or are back; a partner joins", People::turn_left)
        .footer(5, "leaves or joins")
        .words("gone leave quit moved on pause membership hand on join")
        .when(|s, ctx| s.side_or_person_may_leave(ctx))
        .changes(),
    command("people.move", &["m"], "Put them at another side", People::change_side)
        .words("sort belongs organisation")
        .when(|s, ctx| matches!(s.in_focus(ctx), Some(Entry::Person(_))))
        .changes(),
    command("people.matrix", &["*"], "Who has what, partner by partner", |_, _| {
        Outcome::Go(Go::Matrix(None))
    })
    .footer(5, "who has what")
    .words("matrix grid overview table turn"),
    command("people.key", &["K"], "Who would carry on? Who stands in for whom", |_, _| {
        Outcome::Go(Go::Deputies)
    })
    .footer(6, "who would carry on")
    .words("key person risk deputy deputies succession second"),
    command("people.erase", &[], "Remove this person's details everywhere", People::erase)
        .words("erase forget delete privacy name gdpr")
        .when(|s, ctx| matches!(s.in_focus(ctx), Some(Entry::Person(_))))
        .changes(),
    command("people.down", &["down", "j"], "To the next one", |s: &mut People, ctx| s.step(1, ctx)),
    command("people.up", &["up", "k"], "To the one before", |s: &mut People, ctx| s.step(-1, ctx)),
    command("people.details", &["right", "l"], "To the details", People::show_details),
    command("people.list", &["left", "h"], "To the list", People::show_list),
    command("people.part", &["tab", "shift-tab"], "To the other part of the screen", People::other_part),
    command("people.page-down", &["pagedown"], "A page down", |s: &mut People, ctx| s.step_pages(1, ctx)),
    command("people.page-up", &["pageup"], "A page up", |s: &mut People, ctx| s.step_pages(-1, ctx)),
    command("people.first", &["home", "g g"], "To the first one", |s: &mut People, ctx| {
        s.step(isize::MIN, ctx)
    }),
    command("people.last", &["end", "G"], "To the last one", |s: &mut People, ctx| s.step(isize::MAX, ctx)),
];

pub(super) const FIELD_ROWS: &[Command<People>] = &[
    command("people-fields.next", &["enter"], "To the next field, and out after the last", People::accept)
        .footer(1, "next"),
    command("people-fields.stop", &["esc"], "Stop typing; what is typed stays", People::stop)
        .footer(2, "stop typing"),
    command("people-fields.down", &["tab", "down"], "To the next field", |s: &mut People, ctx| {
        s.turn(1, ctx)
    }),
    command("people-fields.up", &["shift-tab", "up"], "To the field before", |s: &mut People, ctx| {
        s.turn(-1, ctx)
    }),
];

impl People {
    /// With our own side in focus, or whoever the place belongs to. A place other than a name has the focus itself, so
    /// that Enter goes on writing there.
    pub fn new(focus: Option<TextPlace>) -> Self {
        let (focused, field) = focus.as_ref().and_then(Entry::holding).unzip();
        let form = field.filter(|field| *field > 0).map_or_else(Form::default, Form::at);
        Self { list: RefCell::default(), focused, form }
    }

    /// The rows of the list, and which of them is in focus.
    fn entries(&self, workbook: &Workbook) -> (Vec<Entry>, usize) {
        let entries = entry::entries(workbook);
        let mut list = self.list.borrow_mut();
        if let Some(place) = entries.iter().position(|entry| Some(entry) == self.focused.as_ref()) {
            list.set(place);
        }
        let focus = list.focus(entries.len());
        (entries, focus)
    }

    fn in_focus(&self, ctx: &Ctx<'_>) -> Option<Entry> {
        let (mut entries, focus) = self.entries(ctx.workbook()?);
        (focus < entries.len()).then(|| entries.swap_remove(focus))
    }

    fn move_by<T>(&mut self, ctx: &Ctx<'_>, step: impl FnOnce(&mut List, usize) -> T) -> Outcome {
        if let Some(workbook) = ctx.workbook() {
            let (entries, _) = self.entries(workbook);
            let list = self.list.get_mut();
            step(list, entries.len());
            self.focused = entries.get(list.focus(entries.len())).cloned();
        }
        Outcome::Done
    }

    fn step(&mut self, rows: isize, ctx: &Ctx<'_>) -> Outcome {
        if self.step_in_form(rows, ctx) {
            return Outcome::Done;
        }
        self.move_by(ctx, |list, len| list.by(rows, len))
    }

    fn step_pages(&mut self, pages: isize, ctx: &Ctx<'_>) -> Outcome {
        self.move_by(ctx, |list, len| list.by_pages(pages, len))
    }

    fn new_partner(&mut self, ctx: &Ctx<'_>) -> Outcome {
        if ctx.writable { prompts::new_partner() } else { Outcome::Say(READ_ONLY.to_owned()) }
    }

    fn new_person(&mut self, ctx: &Ctx<'_>) -> Outcome {
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        let side = ctx.workbook().zip(self.in_focus(ctx)).and_then(|(workbook, entry)| {
            let side = entry.side(workbook)?;
            let name = Entry::Side(side.clone()).name(workbook);
            Some((side, name))
        });
        match side {
            Some((side, _)) if side.is_unsorted() => prompts::new_person(side, "a side to be sorted out"),
            Some((side, _)) if side.is_us() => prompts::new_person(side, "our side"),
            Some((side, name)) => prompts::new_person(side, &name),
            None => Outcome::Unused,
        }
    }

    fn person(&self, ctx: &Ctx<'_>) -> Option<Person> {
        match self.in_focus(ctx)? {
            Entry::Person(id) => ctx.workbook()?.person(&id).cloned(),
            Entry::Side(_) => None,
        }
    }

    fn side_or_person_may_leave(&self, ctx: &Ctx<'_>) -> bool {
        match self.in_focus(ctx) {
            Some(Entry::Side(id)) => !id.is_us() && !id.is_unsorted(),
            Some(Entry::Person(_)) => true,
            None => false,
        }
    }

    fn turn_left(&mut self, ctx: &Ctx<'_>) -> Outcome {
        if let Some(Entry::Side(partner)) = self.in_focus(ctx) {
            return hand_on::ask(&partner, ctx);
        }
        let Some(person) = self.person(ctx) else { return Outcome::Unused };
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        let today = ctx.today();
        let left = |left| Outcome::Edit(Edit::SetPerson(Box::new(Person { left, ..person.clone() })));
        let another = person.clone();
        let ask = prompts::past_day("When did they leave?", person.left, today, move |left| {
            Outcome::Edit(Edit::SetPerson(Box::new(Person { left, ..another.clone() })))
        });
        let mut rows = vec![
            MenuRow::new(Some('t'), "They have left, as of today", "", left(Some(today))),
            MenuRow::new(Some('d'), "They left on another day", "", ask),
        ];
        if person.left.is_some() {
            rows.insert(0, MenuRow::new(Some('b'), "They are back", "", left(None)));
        }
        let title = format!("Has {} left?", words::or(&person.name, "this person"));
        Outcome::Open(Box::new(Menu::new(title, rows)))
    }

    fn change_side(&mut self, ctx: &Ctx<'_>) -> Outcome {
        let (Some(person), Some(workbook)) = (self.person(ctx), ctx.workbook()) else {
            return Outcome::Unused;
        };
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        let sides = workbook.partners().iter().chain([workbook.us()]);
        let rows = sides.map(|side| {
            let aside = if side.id == person.partner { "now" } else { "" };
            let edit = Edit::SetPerson(Box::new(Person { partner: side.id.clone(), ..person.clone() }));
            MenuRow::new(None, Entry::Side(side.id.clone()).name(workbook), aside, Outcome::Edit(edit))
        });
        let partner = Partner::named(ctx.ids.partner(), person.name.clone());
        let own = vec![
            Edit::AddPartner { partner: Box::new(partner.clone()), place: usize::MAX },
            Edit::SetPerson(Box::new(Person { partner: partner.id, ..person.clone() })),
        ];
        let own = MenuRow::new(Some('n'), "To a new partner of this name", "", Outcome::Edits(own));
        let title = format!("Where does {} belong?", words::or(&person.name, "this person"));
        Outcome::Open(Box::new(Menu::new(title, rows.chain([own]).collect())))
    }

    fn bin(&mut self, ctx: &Ctx<'_>) -> Outcome {
        if !ctx.writable {
            return Outcome::Say(READ_ONLY.to_owned());
        }
        let on = ctx.today();
        match self.in_focus(ctx) {
            Some(Entry::Side(id)) if id.is_us() => {
                Outcome::Say("Our own side stays: it is one half of every partnership.".to_owned())
            }
            Some(Entry::Side(partner)) => Outcome::Edit(Edit::BinPartner { partner, on }),
            Some(Entry::Person(person)) => Outcome::Edit(Edit::BinPerson { person, on }),
            None => Outcome::Unused,
        }
    }

    fn erase(&mut self, ctx: &Ctx<'_>) -> Outcome {
        match self.in_focus(ctx) {
            Some(Entry::Person(_)) if !ctx.writable => Outcome::Say(READ_ONLY.to_owned()),
            Some(Entry::Person(person)) => Outcome::Go(Go::Erase(person)),
            _ => Outcome::Unused,
        }
    }
}

impl Beside for People {
    fn form(&mut self) -> &mut Form {
        &mut self.form
    }

    fn fields(&self, ctx: &Ctx<'_>) -> Vec<FormField> {
        match (self.in_focus(ctx), ctx.workbook()) {
            (Some(entry), Some(workbook)) => entry.fields(workbook, ctx),
            _ => Vec::new(),
        }
    }

    fn hold(&mut self, ctx: &Ctx<'_>) {
        self.focused = self.in_focus(ctx);
    }
}

impl Layer for People {
    fn scope(&self) -> &'static str {
        "people"
    }

    fn crumbs(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let Some(workbook) = ctx.workbook() else { return vec!["People".to_owned()] };
        let mut crumbs = vec![words::or(workbook.title(), "No title yet").to_owned(), "People".to_owned()];
        if !self.form.is_away() && !page::is_wide(ctx) {
            crumbs.extend(self.in_focus(ctx).map(|entry| entry.name(workbook)));
        }
        crumbs
    }

    fn aside(&self, ctx: &Ctx<'_>) -> String {
        ctx.workbook().map_or_else(String::new, |wb| words::count(wb.partners().len(), "partner", "partners"))
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        rows_that_apply(if self.form.is_typing() { FIELD_ROWS } else { ROWS }, self, ctx)
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        let ran = run_by_name(ROWS, self, name, ctx).or_else(|| run_by_name(FIELD_ROWS, self, name, ctx));
        ran.unwrap_or(Outcome::Unused)
    }

    fn field(&mut self) -> Option<&mut Field> {
        self.form.field()
    }

    fn place(&self) -> Option<TextPlace> {
        self.form.place()
    }

    fn sync(&mut self, ctx: &Ctx<'_>) {
        self.sync_form(ctx);
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        draw::draw(self, area, buf, ctx)
    }
}
