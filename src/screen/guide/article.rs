//! Everything there is to read, as articles: a title, a section, and blocks of text. Ids never appear in them; a thing
//! that points at another names it.

use crate::content::Content;
use crate::content::types::{
    Card, CardKind, Clause, Entrance, Family, Form, Head, Lens, Named, Source, Stage, Suggestion, Term,
    TermKind,
};
use crate::overlay::Block;

/// Something to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// By which others point at it; never shown.
    pub id: String,
    /// The part of the guide that it stands in.
    pub section: String,
    pub title: String,
    pub blocks: Vec<Block>,
    /// Title, section and text in lower case, for finding words in it.
    pub lower: String,
}

/// All articles, section after section.
pub fn articles(content: &Content) -> Vec<Article> {
    let mut all = Vec::new();
    for aspect in content.aspects() {
        let section = format!("Cards: {}", aspect.name);
        all.extend(content.cards_of(&aspect.id).iter().map(|card| of_card(content, &section, card)));
    }
    all.extend(content.types().iter().map(|named| of_named(content, "Types of partnership", named)));
    all.extend(content.levels().iter().map(|named| of_named(content, "Levels of involvement", named)));
    for lens in content.lenses() {
        all.push(of_lens(content, lens));
        all.extend(lens.stages.iter().map(|stage| of_stage(content, lens, stage)));
    }
    all.extend(content.terms().iter().map(|term| of_term(content, term)));
    all.extend(content.suggestions().iter().map(|remedy| of_remedy(content, remedy)));
    all.extend(content.clauses().iter().map(|clause| of_clause(content, clause)));
    all.extend(content.legacies().iter().map(|named| of_named(content, "Kinds of legacy", named)));
    all.extend(content.ways().iter().map(|named| of_named(content, "Ways to carry on", named)));
    all.extend(content.entrances().iter().map(of_entrance));
    all.extend(content.sources().iter().map(of_source));
    all
}

/// Puts an article together. Parts stand apart from each other; empty ones are left out.
fn article(id: &str, section: &str, title: &str, parts: Vec<Vec<Block>>) -> Article {
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let blocks = parts.join(&Block::Space);
    let mut lower = format!("{title}\n{section}\n");
    for block in &blocks {
        if let Block::Heading(words) | Block::Text(words) | Block::Point(words) | Block::Quiet(words) = block
        {
            lower.push_str(words);
            lower.push('\n');
        }
    }
    Article {
        id: id.to_owned(),
        section: section.to_owned(),
        title: capital(title),
        blocks,
        lower: lower.to_lowercase(),
    }
}

fn of_card(content: &Content, section: &str, card: &Card) -> Article {
    let parts = vec![
        quiet(kind(card.kind)),
        said(&card.text),
        points(&card.points),
        from(content, std::slice::from_ref(&card.source)),
    ];
    article(&card.id, section, &card.title, parts)
}

fn of_named(content: &Content, section: &str, named: &Named) -> Article {
    let parts =
        vec![said(&named.text), points(&named.points), from(content, std::slice::from_ref(&named.source))];
    article(&named.id, section, &named.name, parts)
}

const LENS: &str = "The four-stage lens";

fn of_lens(content: &Content, lens: &Lens) -> Article {
    let stages: Vec<_> = lens.stages.iter().map(|stage| format!("{}: {}", stage.name, stage.ask)).collect();
    let parts = vec![said(&lens.text), points(&stages), from(content, std::slice::from_ref(&lens.source))];
    article(&lens.id, LENS, &lens.name, parts)
}

fn of_stage(content: &Content, lens: &Lens, stage: &Stage) -> Article {
    let takes_in = names_after("Takes in", aspects(content, &stage.aspects));
    let source = from(content, std::slice::from_ref(&lens.source));
    let parts = vec![said(&stage.ask), said(&stage.text), points(&stage.points), takes_in, source];
    article(&stage.name.to_lowercase(), LENS, &stage.name, parts)
}

fn of_term(content: &Content, term: &Term) -> Article {
    let what = match term.kind {
        TermKind::Skill => "Something one does",
        TermKind::Knowledge => "Something one knows",
    };
    let origin = if term.our_definition {
        quiet("The meaning is in our own words; the source has lost its definition.")
    } else {
        from(content, &["smarter".to_owned()])
    };
    let parts = vec![
        quiet(&format!("{what}, under {}", head(term.head))),
        said(&term.meaning),
        under("WHAT HELPS A PERSON OR A TEAM", remedies(content, &term.people)),
        under("WHAT HELPS THE PARTNERSHIP", remedies(content, &term.partnership)),
        names_after("Its lack is felt in", aspects(content, &term.felt_in)),
        origin,
    ];
    article(&term.id, "Words of the field", &term.term, parts)
}

fn of_remedy(content: &Content, remedy: &Suggestion) -> Article {
    let whom = match remedy.family {
        Family::People => "For a person or a team",
        Family::Partnership => "For the partnership as a whole",
    };
    let helps = content
        .terms()
        .iter()
        .filter(|term| term.people.iter().chain(&term.partnership).any(|id| *id == remedy.id));
    let helps: Vec<String> = helps.map(|term| capital(&term.term)).collect();
    let source = from(content, &["smarter".to_owned()]);
    let parts =
        vec![quiet(whom), said(&remedy.text), points(&remedy.points), under("HELPS WITH", helps), source];
    article(&remedy.id, "Remedies", &remedy.name, parts)
}

fn of_clause(content: &Content, clause: &Clause) -> Article {
    let forms: Vec<_> = clause.needed_in.iter().map(|form| form_name(*form).to_owned()).collect();
    let needed = match (forms.is_empty(), clause.when.as_str()) {
        (true, "") => Vec::new(),
        (true, when) => quiet(&format!("Needed {when}.")),
        (false, "") => names_after("Needed in", forms),
        (false, when) => names_after(&format!("Needed {when}, in"), forms),
    };
    let parts = vec![said(&clause.ask), said(&clause.hint), needed, from(content, &clause.sources)];
    article(&clause.id, "Clauses of an agreement", &clause.name, parts)
}

fn of_entrance(entrance: &Entrance) -> Article {
    let doors: Vec<_> = entrance.doors.iter().map(|door| door.label.clone()).collect();
    article(&entrance.id, "Ways in", &entrance.name, vec![said(&entrance.text), points(&doors)])
}

fn of_source(source: &Source) -> Article {
    article(&source.id, "Where it comes from", &source.short, vec![said(&source.name)])
}

fn said(words: &str) -> Vec<Block> {
    if words.is_empty() { Vec::new() } else { vec![Block::Text(words.to_owned())] }
}

fn quiet(words: &str) -> Vec<Block> {
    vec![Block::Quiet(words.to_owned())]
}

fn points(lines: &[String]) -> Vec<Block> {
    lines.iter().cloned().map(Block::Point).collect()
}

/// A heading and the names under it; nothing where there are none.
fn under(heading: &str, names: Vec<String>) -> Vec<Block> {
    let heading = (!names.is_empty()).then(|| Block::Heading(heading.to_owned()));
    heading.into_iter().chain(names.into_iter().map(Block::Point)).collect()
}

/// "Felt in: A, B"; nothing where there are none.
fn names_after(words: &str, names: Vec<String>) -> Vec<Block> {
    if names.is_empty() { Vec::new() } else { quiet(&format!("{words}: {}", names.join(", "))) }
}

fn from(content: &Content, ids: &[String]) -> Vec<Block> {
    let names = ids.iter().filter_map(|id| content.source(id));
    names.map(|source| Block::Quiet(format!("From {}", source.name))).collect()
}

fn aspects(content: &Content, ids: &[String]) -> Vec<String> {
    ids.iter().filter_map(|id| content.aspect(id)).map(|aspect| aspect.name.clone()).collect()
}

fn remedies(content: &Content, ids: &[String]) -> Vec<String> {
    let one = |id: &String| content.suggestions().iter().find(|s| s.id == *id).map(|s| s.name.clone());
    ids.iter().filter_map(one).collect()
}

fn kind(kind: CardKind) -> &'static str {
    match kind {
        CardKind::Guidance => "Guidance",
        CardKind::Idea => "Something to try",
        CardKind::Story => "Something that happened",
        CardKind::Warning => "Something that goes wrong",
        CardKind::Principle => "Something to hold on to",
        CardKind::Checklist => "To go through one by one",
        CardKind::Prompt => "To bear in mind while talking",
    }
}

fn head(head: Head) -> &'static str {
    match head {
        Head::Leadership => "leadership",
        Head::Trust => "trust",
        Head::Learning => "learning",
        Head::Performance => "managing for performance",
    }
}

fn form_name(form: Form) -> &'static str {
    match form {
        Form::Email => "an email agreement",
        Form::Memorandum => "a memorandum",
        Form::TermsOfReference => "terms of reference",
        Form::PartnershipAgreement => "a partnership agreement",
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
