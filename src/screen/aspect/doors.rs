//! What is opened from an aspect, below its questions: the sheets that belong to it, and the tables of its records.

use super::ways::Way;
use crate::command::{Ctx, Go};
use crate::content::types::Table;
use crate::content::{ASPECTS, AspectRow};
use crate::domain::{Family, query};

/// A way on from an aspect.
#[derive(Debug, Clone, Copy)]
pub(in crate::screen) enum Door<'c> {
    /// A sheet of questions.
    Sheet(&'static AspectRow),
    /// The table of a family.
    Table(&'c Table, Family),
    /// A way on from the clauses of the agreement.
    Way(Way),
}

/// The most records that are named before their table is opened.
const NAMED: usize = 8;

/// The ways on from an aspect, in the order in which they are listed.
pub(super) fn doors<'c>(aspect: &str, ctx: &Ctx<'c>) -> Vec<Door<'c>> {
    let sheets = ASPECTS.iter().filter(|row| !aspect.is_empty() && row.within == aspect).map(Door::Sheet);
    let tables = ctx.content.tables().iter().filter(|table| !aspect.is_empty() && table.aspect == aspect);
    let tables = tables.filter_map(|table| {
        let family = Family::ALL.iter().copied().find(|family| family.name() == table.family)?;
        Some(Door::Table(table, family))
    });
    let ways = Way::ALL.into_iter().filter(|_| aspect == "agreement").map(Door::Way);
    sheets.chain(tables).chain(ways).collect()
}

impl Door<'_> {
    /// What it leads to: "Candidates".
    pub fn label(&self) -> &str {
        match self {
            Self::Sheet(row) => row.name,
            Self::Table(table, _) => &table.title,
            Self::Way(way) => way.label(),
        }
    }

    /// Where it leads.
    pub fn go(&self) -> Go {
        match self {
            Self::Sheet(row) => Go::Aspect(row.id.to_owned()),
            Self::Table(_, family) => Go::Records(*family, None),
            Self::Way(way) => way.go(),
        }
    }

    /// How much is there already: "3"; empty for nothing.
    pub fn count(&self, ctx: &Ctx<'_>) -> String {
        let Some(workbook) = ctx.workbook() else { return String::new() };
        let count = match self {
            Self::Sheet(row) => ctx
                .content
                .aspect(row.id)
                .map_or(0, |sheet| sheet.questions.len().saturating_sub(query::tally(workbook, sheet).blank)),
            Self::Table(_, family) => workbook.how_many(*family),
            Self::Way(way) => way.count(workbook, ctx),
        };
        if count == 0 { String::new() } else { count.to_string() }
    }

    /// What stands there, latest first, or what it is for.
    pub fn about(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let Some(workbook) = ctx.workbook() else { return Vec::new() };
        match self {
            Self::Way(way) => way.about(workbook, ctx),
            Self::Sheet(row) => {
                ctx.content.aspect(row.id).map(|sheet| sheet.purpose.clone()).into_iter().collect()
            }
            Self::Table(table, family) if workbook.how_many(*family) == 0 => vec![table.empty.clone()],
            Self::Table(table, family) => {
                let records = workbook.records(*family);
                let heading = |record| query::record_in_words(record, &table.heading, workbook, ctx.content);
                let named = records.iter().rev().take(NAMED).map(heading);
                named.filter(|words| !words.is_empty()).collect()
            }
        }
    }
}
