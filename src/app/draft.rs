//! Words that stand in a prompt or in the jot strip, with their tags: how they are put aside and given back.

use std::collections::BTreeMap;

use crate::layer::Layer;
use crate::widget::field::Verb;

/// Words that belong to no workbook yet.
pub(super) struct Draft {
    asked: String,
    pub(super) text: String,
    tags: String,
}

impl Draft {
    /// What stands in a layer, where that is a draft.
    pub(super) fn of(layer: &mut dyn Layer) -> Option<Self> {
        let tags = layer.draft_tags();
        let (asked, field) = layer.draft()?;
        Some(Self { asked: asked.to_owned(), text: field.text(), tags })
    }

    /// Puts the words among those that are kept, by what was asked; an empty draft is kept no longer. True where there
    /// was something to keep.
    pub(super) fn put_aside(self, kept: &mut BTreeMap<String, String>) -> bool {
        let there = !self.text.trim().is_empty();
        let tagged = tags_of(&self.asked);
        let mut keep = |asked: String, words: String, there: bool| {
            if there {
                kept.insert(asked, words)
            } else {
                kept.remove(&asked)
            };
        };
        keep(tagged, self.tags.clone(), there && !self.tags.is_empty());
        keep(self.asked, self.text, there);
        there
    }

    /// Gives an empty layer the words that were put aside for it.
    pub(super) fn give_back(layer: &mut dyn Layer, kept: &BTreeMap<String, String>) {
        let Some((asked, field)) = layer.draft() else { return };
        let Some(text) = kept.get(asked).filter(|_| field.is_empty()) else { return };
        let tags = kept.get(&tags_of(asked));
        field.set_text(text);
        // typing replaces it, an arrow key keeps it
        let _ = field.act(Verb::SelectAll);
        if let Some(tags) = tags {
            layer.tag_draft(tags);
        }
    }
}

/// Under what the tags of words are kept.
fn tags_of(asked: &str) -> String {
    format!("{asked}, tags")
}
