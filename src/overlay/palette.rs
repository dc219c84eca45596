//! The palette: everything that can be done and everywhere one can go, found by plain words. It knows commands by their
//! rows alone, so a new command is in it without a line here.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::picker::{self, Aside, Item, Picker, Target};
use crate::command::{Ask, Command, Ctx, Go, Outcome, Row, command, rows_that_apply, run_by_name};
use crate::content::ASPECTS;
use crate::domain::{Family, Partner, PartnerField, PersonField, TextPlace, Workbook};
use crate::layer::Layer;
use crate::widget::field::Field;

/// What can be done in the palette, apart from choosing.
pub const COMMANDS: &[Command<Palette>] =
    &[command("palette.close", &["ctrl-p"], "Close the palette", Palette::close).words("cancel back")];

/// Everything that can be done and everywhere one can go.
#[derive(Debug)]
pub struct Palette {
    picker: Picker,
}

impl Palette {
    /// The palette over what applies now: commands, aspects, questions, people, workbooks.
    pub fn new(ctx: &Ctx<'_>) -> Self {
        Self { picker: Picker::new("What to do, or where to go", items(ctx)) }
    }

    fn close(&mut self, _: &Ctx<'_>) -> Outcome {
        Outcome::Close(Box::new(Outcome::Done))
    }
}

impl Layer for Palette {
    fn scope(&self) -> &'static str {
        "palette"
    }

    fn crumbs(&self, _: &Ctx<'_>) -> Vec<String> {
        vec!["Do or go".to_owned()]
    }

    fn aside(&self, _: &Ctx<'_>) -> String {
        self.picker.count()
    }

    fn rows(&self, ctx: &Ctx<'_>) -> Vec<Row> {
        let mut rows = rows_that_apply(picker::COMMANDS, &self.picker, ctx);
        rows.extend(rows_that_apply(COMMANDS, self, ctx));
        rows
    }

    fn run(&mut self, name: &str, ctx: &Ctx<'_>) -> Outcome {
        run_by_name(COMMANDS, self, name, ctx)
            .or_else(|| run_by_name(picker::COMMANDS, &mut self.picker, name, ctx))
            .unwrap_or(Outcome::Unused)
    }

    fn field(&mut self) -> Option<&mut Field> {
        Some(&mut self.picker.field)
    }

    fn typed(&mut self, _: &Ctx<'_>) -> Outcome {
        self.picker.typed();
        Outcome::Done
    }

    fn sync(&mut self, ctx: &Ctx<'_>) {
        self.picker.set_items(items(ctx));
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, ctx: &Ctx<'_>) -> Option<Position> {
        let nothing =
            "Nothing here is called that. Take a letter or a word away, or try another word for it.";
        self.picker.draw(area, buf, ctx, nothing)
    }
}

fn items(ctx: &Ctx<'_>) -> Vec<Item> {
    let mut items: Vec<Item> = ctx.rows.iter().map(|row| command_item(row, ctx)).collect();
    if let Some(workbook) = ctx.workbook() {
        items.extend(aspects(ctx));
        items.extend(tables(ctx));
        items.extend(questions(ctx));
        items.extend(people(workbook));
    }
    items.extend(workbooks(ctx));
    items
}

fn command_item(row: &Row, ctx: &Ctx<'_>) -> Item {
    Item {
        aside: Aside::Key(ctx.keymap.shown(row.name)),
        words: words(row),
        ..Item::new(if goes(row) { "GO TO" } else { "DO" }, row.help, Target::Run(row.name))
    }
}

/// Whether a command goes to a place: `global.go-map`.
pub(super) fn goes(row: &Row) -> bool {
    row.name.split_once('.').is_some_and(|(_, verb)| verb.starts_with("go-"))
}

/// The words by which a command is found, beside those of its help.
pub(super) fn words(row: &Row) -> String {
    let verb = if goes(row) { "go to " } else { "" };
    format!("{verb}{}", row.words)
}

/// The aspects, but for those that a command goes to already.
fn aspects<'a>(ctx: &'a Ctx<'_>) -> impl Iterator<Item = Item> + 'a {
    let known = |name: &str| ctx.rows.iter().any(|row| goes(row) && row.help.starts_with(name));
    ASPECTS.iter().filter(move |aspect| !known(aspect.name)).map(|aspect| Item {
        words: "go to".to_owned(),
        ..Item::new("GO TO", aspect.name, Target::Go(Go::Aspect(aspect.id.to_owned())))
    })
}

/// The tables that are opened from an aspect.
fn tables<'a>(ctx: &'a Ctx<'_>) -> impl Iterator<Item = Item> + 'a {
    ctx.content.tables().iter().filter(|table| !table.aspect.is_empty()).filter_map(|table| {
        let family = Family::ALL.iter().copied().find(|family| family.name() == table.family)?;
        let aspect = ctx.content.aspect(&table.aspect).map(|aspect| aspect.name.clone());
        Some(Item {
            aside: Aside::Words(aspect.unwrap_or_default()),
            words: format!("go to table {} {}", table.one, table.many),
            ..Item::new("GO TO", &table.title, Target::Go(Go::Records(family, None)))
        })
    })
}

fn questions<'a>(ctx: &'a Ctx<'_>) -> impl Iterator<Item = Item> + 'a {
    ctx.content.aspects().flat_map(|aspect| {
        aspect.questions.iter().map(|question| {
            let place = Go::Question(crate::domain::QuestionId::new(&question.id), None);
            Item {
                more: question.ask.clone(),
                aside: Aside::Words(aspect.name.clone()),
                words: format!("{} {}", question.ask, aspect.name),
                ..Item::new("QUESTIONS", &question.short, Target::Go(place))
            }
        })
    })
}

fn people(workbook: &Workbook) -> Vec<Item> {
    let item = |name: &str, aside: &str, place| Item {
        aside: Aside::Words(aside.to_owned()),
        ..Item::new("PARTNERS AND PEOPLE", name, Target::Go(Go::People(Some(place))))
    };
    let sides = workbook.partners().iter().chain([workbook.us()]).map(|partner| {
        let place = TextPlace::Partner(partner.id.clone(), PartnerField::Name);
        let aside = if partner.id.is_us() { "our side" } else { &partner.kind };
        item(partner_name(partner), aside, place)
    });
    let people = workbook.people().iter().map(|person| {
        let name = if person.name.is_empty() { "Somebody without a name" } else { &person.name };
        let side = workbook.partner(&person.partner).map_or("", partner_name);
        item(name, side, TextPlace::Person(person.id.clone(), PersonField::Name))
    });
    sides.chain(people).collect()
}

/// What a person calls a side of the partnership.
pub(super) fn partner_name(partner: &Partner) -> &str {
    match (partner.name.as_str(), partner.id.is_us()) {
        ("", true) => "Our side",
        ("", false) => "A partner without a name",
        (name, _) => name,
    }
}

fn workbooks<'a>(ctx: &'a Ctx<'_>) -> impl Iterator<Item = Item> + 'a {
    let open = ctx.workbook().map(Workbook::id);
    ctx.shelf.workbooks.iter().filter(move |summary| Some(&summary.id) != open).map(|summary| {
        let title = if summary.title.is_empty() { "A workbook without a title" } else { &summary.title };
        let state = match (&summary.trouble, summary.example) {
            (Some(_), _) => "cannot be read",
            (None, true) => "Example",
            (None, false) => summary.state.word(),
        };
        Item {
            more: summary.partners.join(", "),
            aside: Aside::Words(state.to_owned()),
            words: format!("open workbook {}", summary.partners.join(" ")),
            ..Item::new("WORKBOOKS", title, Target::Ask(Ask::OpenWorkbook(summary.id.clone())))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    use crate::domain::query::Digest;
    use crate::domain::{PartnershipState, WorkbookId};
    use crate::keymap::Keymap;
    use crate::overlay::sizes::{AWKWARD, draws_at_any_size};
    use crate::shelf::Summary;
    use crate::testing::World;

    const ROWS: &[Command<()>] = &[
        command("map.open", &["enter"], "Open the aspect in focus", |(), _| Outcome::Done),
        command("global.export", &["x"], "Export the partnership on a page", |(), _| Outcome::Done)
            .words("print pdf save send"),
        command("global.go-scoping", &["g s"], "Scoping, the first step", |(), _| Outcome::Done),
    ];

    fn world() -> World {
        let mut world = World::new();
        world.rows = ROWS.iter().map(Command::row).collect();
        world.keymap = Keymap::new(&world.rows);
        world.shelf.workbooks = ["w", "zoo"]
            .map(|id| {
                Arc::new(Summary {
                    id: WorkbookId::new(id),
                    title: format!("{id} walks"),
                    state: PartnershipState::Paused,
                    partners: vec!["City Zoo".into()],
                    changed: None,
                    example: false,
                    digest: Digest::default(),
                    trouble: None,
                })
            })
            .to_vec();
        world
    }

    fn chosen(world: &World, typed: &str) -> String {
        let mut palette = Palette::new(&world.ctx());
        palette.field().unwrap().paste(typed).unwrap();
        palette.typed(&world.ctx());
        format!("{:?}", palette.run("picker.choose", &world.ctx()))
    }

    #[test]
    fn plain_words_find_commands_places_people_and_workbooks() {
        let world = world();
        assert_eq!(chosen(&world, "print"), r#"Close(Run("global.export"))"#);
        assert_eq!(chosen(&world, "to scoping"), r#"Close(Run("global.go-scoping"))"#);
        assert_eq!(chosen(&world, "to ending"), r#"Close(Go(Aspect("ending")))"#);
        assert!(
            chosen(&world, "city museum").contains("Go(People(Some(Partner(PartnerId(\"museum\"), Name))))")
        );
        assert_eq!(chosen(&world, "zoo walks"), r#"Close(Ask(OpenWorkbook(WorkbookId("zoo"))))"#);
        assert!(!chosen(&world, "w walks").contains("WorkbookId(\"w\")"), "it is open already");
    }

    #[test]
    fn every_question_is_found_by_its_short_form_and_by_its_words() {
        let world = world();
        for question in world.content.questions() {
            let palette = Palette::new(&world.ctx());
            assert!(
                palette.picker.items().iter().any(|item| item.label == question.short),
                "{}",
                question.id
            );
        }
        let question = world.content.question("SCO-3").unwrap();
        assert!(chosen(&world, &question.ask).contains("SCO-3"));
    }

    #[test]
    fn it_shows_the_key_beside_each_command() {
        insta::assert_snapshot!(world().drawn(&Palette::new(&world().ctx()), 60, 8), @"
            What to do, or where to go

            DO
            > Open the aspect in focus                           Enter
              Export the partnership on a page                       x
            GO TO
              Scoping, the first step                              g s
              Finding
            ");
    }

    #[test]
    fn nothing_found_is_said_with_what_to_do() {
        let world = world();
        let mut palette = Palette::new(&world.ctx());
        palette.field().unwrap().paste("qqqq").unwrap();
        palette.typed(&world.ctx());
        assert!(world.drawn(&palette, 60, 8).contains("Nothing here is called that."));
        assert!(matches!(palette.run("picker.choose", &world.ctx()), Outcome::Unused));
        assert_eq!(palette.aside(&world.ctx()), "nothing found");
    }

    #[test]
    fn without_a_workbook_there_is_no_place_inside_one() {
        let mut world = world();
        world.book = None;
        assert!(!chosen(&world, "to ending").contains("Aspect"));
        assert_eq!(chosen(&world, "w walks"), r#"Close(Ask(OpenWorkbook(WorkbookId("w"))))"#);
    }

    #[test]
    fn it_draws_at_any_size() {
        let mut world = world();
        Arc::make_mut(&mut world.shelf.workbooks[1]).title = AWKWARD.into();
        world.book = None;
        let mut palette = Palette::new(&world.ctx());
        palette.run("picker.page-down", &world.ctx());
        draws_at_any_size(&mut world, &palette);
    }
}
