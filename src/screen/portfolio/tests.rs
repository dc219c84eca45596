use std::sync::Arc;

use super::*;
use crate::domain::QuestionId;
use crate::domain::query::{AgendaItem, AgendaTo};
use crate::screen::library::tests::shelf;
use crate::screen::tests::{SIZES, drawn, draws_anywhere, world};
use crate::testing::World;
use jiff::civil::date;

fn owed(kind: AgendaKind) -> AgendaItem {
    let to = AgendaTo::Aspect("scoping".into());
    AgendaItem { on: None, kind, words: "the budget".into(), who: String::new(), to, private: false }
}

fn several() -> World {
    let mut world = world();
    world.book = None;
    let titles =
        [("Worked example", true), ("Tactile guide", false), ("Allotment", false), ("Young carers", false)];
    world.shelf = shelf(&titles);
    let books = &mut world.shelf.workbooks;
    Arc::make_mut(&mut books[1]).digest.last_contact = Some(date(2025, 11, 3));
    Arc::make_mut(&mut books[1]).digest.agenda =
        vec![owed(AgendaKind::WeOwe), owed(AgendaKind::TheyOwe), owed(AgendaKind::WeOwe)];
    // FND-1 and its like are about our own side alone, so that nothing is open there
    Arc::make_mut(&mut books[1]).digest.open = vec![(QuestionId::new("SCO-4"), date(2025, 2, 1))];
    Arc::make_mut(&mut books[2]).digest.last_contact = Some(date(2024, 5, 20));
    Arc::make_mut(&mut books[2]).digest.open = vec![(QuestionId::new("SCO-2"), date(2024, 3, 1))];
    Arc::make_mut(&mut books[3]).state = PartnershipState::Ended;
    Arc::make_mut(&mut books[3]).digest.remains = (3, 3);
    world
}

fn titles(portfolio: &Portfolio) -> Vec<&str> {
    portfolio.lines.iter().map(|line| line.title.as_str()).collect()
}

#[test]
fn it_stands_side_by_side_at_several_sizes() {
    let mut world = several();
    let mut portfolio = Portfolio::new();
    portfolio.sync(&world.ctx());
    insta::assert_snapshot!("portfolio_80", drawn(&world, &portfolio, 80, 20));
    portfolio.run("portfolio.last", &world.ctx());
    insta::assert_snapshot!("portfolio_60", drawn(&world, &portfolio, 60, 16));
    world.linear = true;
    insta::assert_snapshot!("portfolio_linear", drawn(&world, &portfolio, 80, 8));
}

#[test]
fn what_is_ended_comes_last_and_a_key_shows_others_first() {
    let world = several();
    let mut portfolio = Portfolio::new();
    portfolio.sync(&world.ctx());
    assert_eq!(
        titles(&portfolio),
        ["Allotment", "Tactile guide", "Young carers"],
        "the example is not counted"
    );
    portfolio.run("portfolio.turn", &world.ctx());
    assert_eq!(titles(&portfolio), ["Tactile guide", "Allotment", "Young carers"]);
    portfolio.run("portfolio.turn", &world.ctx());
    assert_eq!(titles(&portfolio), ["Allotment", "Tactile guide", "Young carers"]);
    let Outcome::Ask(Ask::OpenWorkbook(id)) = portfolio.run("portfolio.open", &world.ctx()) else { panic!() };
    assert_eq!(id.as_str(), "w2");
}

#[test]
fn a_question_about_our_own_side_alone_is_never_the_oldest() {
    let mut world = several();
    let about_us = world.content.questions().filter(|q| q.about == crate::content::types::About::Us);
    let about_us: Vec<String> = about_us.map(|question| question.id.clone()).collect();
    assert!(about_us.len() < crate::domain::query::OPEN, "so that one is left to be named");
    let first = about_us.first().unwrap();
    Arc::make_mut(&mut world.shelf.workbooks[1])
        .digest
        .open
        .insert(0, (QuestionId::new(first), date(2023, 1, 1)));
    let mut portfolio = Portfolio::new();
    portfolio.sync(&world.ctx());
    let guide = portfolio.lines.iter().find(|line| line.title == "Tactile guide").unwrap();
    assert_eq!(guide.open.as_ref().unwrap().2, date(2025, 2, 1));
}

#[test]
fn what_is_open_is_shown_as_it_is_now() {
    let mut world = several();
    world.book = crate::testing::World::new().book;
    let open = world.ctx().workbook().unwrap().id().clone();
    Arc::make_mut(&mut world.shelf.workbooks[1]).id = open;
    let mut portfolio = Portfolio::new();
    portfolio.sync(&world.ctx());
    let line = portfolio.lines.iter().find(|line| line.title == "Tactile guide").unwrap();
    assert_eq!((line.we_owe, line.they_owe), (0, 0));
}

#[test]
fn it_draws_in_any_size() {
    let mut world = several();
    for linear in [false, true] {
        world.linear = linear;
        for (width, height) in SIZES {
            let mut portfolio = Portfolio::new();
            draws_anywhere(&world, &portfolio, width, height);
            portfolio.sync(&world.ctx());
            draws_anywhere(&world, &portfolio, width, height);
        }
    }
}
