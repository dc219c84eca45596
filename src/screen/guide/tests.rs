use super::*;
use crate::content::types::Card;
use crate::screen::tests::{SIZES, drawn, draws_anywhere, world};
use crate::testing::World;

fn title(guide: &Guide, world: &World) -> String {
    guide.in_focus(&world.ctx()).map(|article| article.title.clone()).unwrap_or_default()
}

fn type_into(guide: &mut Guide, world: &World, words: &str) {
    guide.run("guide.filter", &world.ctx());
    for c in words.chars() {
        guide.field().unwrap().act(crate::widget::field::Verb::Char(c)).unwrap();
        guide.typed(&world.ctx());
    }
}

#[test]
fn everything_in_the_content_can_be_read() {
    let world = world();
    let content = &world.content;
    let guide = Guide::new(None);
    let articles = guide.articles(&world.ctx()).to_vec();
    let reads = |id: &str, words: &[&str]| {
        let article = articles.iter().find(|a| a.id == id).unwrap_or_else(|| panic!("{id} is not listed"));
        for text in words {
            assert!(article.lower.contains(&text.to_lowercase()), "{id} does not say {text}");
        }
    };
    let source = |id: &str| content.source(id).unwrap().name.clone();
    for Card { id, title, text, points, source: from, .. } in content.cards() {
        reads(id, &[title, text, &source(from)]);
        points.iter().for_each(|point| reads(id, &[point]));
    }
    for named in
        content.types().iter().chain(content.levels()).chain(content.legacies()).chain(content.ways())
    {
        reads(&named.id, &[&named.name, &named.text, &source(&named.source)]);
    }
    for lens in content.lenses() {
        reads(&lens.id, &[&lens.name, &lens.text]);
        for stage in &lens.stages {
            reads(&stage.name.to_lowercase(), &[&stage.name, &stage.ask, &stage.text]);
        }
    }
    for term in content.terms() {
        reads(&term.id, &[&term.term, &term.meaning]);
        for id in term.people.iter().chain(&term.partnership) {
            reads(&term.id, &[&content.suggestions().iter().find(|s| s.id == *id).unwrap().name]);
        }
        term.felt_in.iter().for_each(|id| reads(&term.id, &[&content.aspect(id).unwrap().name]));
    }
    for remedy in content.suggestions() {
        reads(&remedy.id, &[&remedy.name, &remedy.text]);
    }
    for clause in content.clauses() {
        reads(&clause.id, &[&clause.name, &clause.ask, &clause.hint, &clause.when]);
    }
    for entrance in content.entrances() {
        reads(&entrance.id, &[&entrance.name, &entrance.text]);
    }
    for source in content.sources() {
        reads(&source.id, &[&source.short, &source.name]);
    }
    let all = content.cards().count()
        + content.types().len()
        + content.levels().len()
        + content.legacies().len()
        + content.ways().len()
        + content.lenses().iter().map(|lens| 1 + lens.stages.len()).sum::<usize>()
        + content.terms().len()
        + content.suggestions().len()
        + content.clauses().len()
        + content.entrances().len()
        + content.sources().len();
    assert_eq!(articles.len(), all);
    let lines = guide.lines(&world.ctx());
    assert_eq!(lines.iter().filter(|line| matches!(line, Line::Article(_))).count(), all);
}

#[test]
fn no_id_is_ever_shown() {
    let world = world();
    let guide = Guide::new(None);
    for article in guide.articles(&world.ctx()) {
        for sign in ["sp-a", "sp-b", "sp-l", "sp-t", "sco-", "nccpe-", "ava-", "eyu-"] {
            assert!(!article.lower.contains(sign), "{} shows {sign}", article.title);
        }
    }
}

#[test]
fn the_guide_at_several_sizes() {
    let mut world = world();
    insta::assert_snapshot!("guide_80", drawn(&world, &Guide::new(None), 80, 21));
    insta::assert_snapshot!("guide_term_80", drawn(&world, &Guide::new(Some("SP-LS1".into())), 80, 21));
    insta::assert_snapshot!("guide_clause_120", drawn(&world, &Guide::new(Some("K06".into())), 120, 37));
    insta::assert_snapshot!("guide_40", drawn(&world, &Guide::new(Some("SP-A2".into())), 40, 9));
    world.linear = true;
    insta::assert_snapshot!("guide_linear", drawn(&world, &Guide::new(None), 80, 21));
}

#[test]
fn an_entry_is_found_by_its_id_and_read_as_a_page() {
    let world = world();
    let mut guide = Guide::new(Some("SP-A2".into()));
    assert_eq!(title(&guide, &world), "Coaching");
    assert_eq!(guide.aside(&world.ctx()), "Remedies");
    assert!(matches!(guide.run("guide.open", &world.ctx()), Outcome::Open(_)));
    let Outcome::Copy(text) = guide.run("guide.copy", &world.ctx()) else { panic!() };
    assert!(text.starts_with("Coaching\n\nFor a person or a team\n"), "{text}");
    assert_eq!(title(&Guide::new(Some("not there".into())), &world), title(&Guide::new(None), &world));
}

#[test]
fn tab_goes_from_section_to_section() {
    let world = world();
    let mut guide = Guide::new(None);
    let mut sections = vec![guide.aside(&world.ctx())];
    loop {
        guide.run("guide.next-section", &world.ctx());
        let section = guide.aside(&world.ctx());
        if sections.last() == Some(&section) {
            break;
        }
        sections.push(section);
    }
    assert_eq!(sections.len(), 11 + 10);
    guide.run("guide.section-before", &world.ctx());
    assert_eq!(Some(&guide.aside(&world.ctx())), sections.iter().rev().nth(1));
    guide.run("guide.first", &world.ctx());
    assert!(drawn(&world, &guide, 80, 21).contains("CARDS: SCOPING"));
}

#[test]
fn words_find_and_the_focus_stays_on_what_was_found() {
    let world = world();
    let mut guide = Guide::new(None);
    type_into(&mut guide, &world, "coalition");
    let found = title(&guide, &world);
    assert!(guide.shown(&world.ctx()).len() < 20);
    guide.run("guide-filter.clear", &world.ctx());
    assert!(guide.field().is_none());
    assert_eq!(title(&guide, &world), found);
    type_into(&mut guide, &world, "xyzzy");
    assert!(drawn(&world, &guide, 80, 21).contains("Nothing here has these words."));
    assert!(matches!(guide.run("guide-filter.open", &world.ctx()), Outcome::Say(_)));
    guide.run("guide-filter.rest", &world.ctx());
    guide.run("guide.back", &world.ctx());
    assert!(matches!(guide.run("guide.back", &world.ctx()), Outcome::Back));
}

#[test]
fn it_draws_in_any_size() {
    let mut world = world();
    for linear in [false, true] {
        world.linear = linear;
        for (width, height) in SIZES {
            let mut guide = Guide::new(None);
            for name in ["guide.down", "guide.last", "guide.page-up", "guide.section-before", "guide.filter"]
            {
                guide.run(name, &world.ctx());
                let cursor = draws_anywhere(&world, &guide, width, height);
                assert_eq!(cursor.is_some(), width > 0 && height > 0, "{name} {width}x{height}");
            }
        }
    }
}
