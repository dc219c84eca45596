//! What is worth setting down from any line: a word that jars, something that will remain.

use super::{Tidy, done};
use crate::command::{Ctx, Outcome};
use crate::domain::{Edit, Legacy, PartnerId, SaidIn, Tag, Word};
use crate::overlay::Prompt;

/// The most words that a term in quotation marks has.
const SHORT: usize = 4;

/// Asks which word of the line jars, then what to say instead.
pub(super) fn word(tidy: &mut Tidy, ctx: &Ctx<'_>) -> Outcome {
    let Some((call, line, _)) = tidy.at_line(ctx) else { return Outcome::Unused };
    let said_in = Some(SaidIn { call: call.id.clone(), line: line.id.clone() });
    // only what they said, or what both agreed, makes it their wish; and nobody has agreed on it by this
    let theirs = matches!(line.tag, Some(Tag::Said | Tag::Agreed));
    let whose = call.partner.clone().filter(|_| theirs).unwrap_or_else(PartnerId::us);
    let word = Word { whose: Some(whose), said_in, ..Word::new(ctx.ids.record(), "") };
    let prompt = Prompt::new("Which word?", quoted_word(&line.text).unwrap_or_default(), move |term| {
        if term.is_empty() {
            return Err("The word itself is enough.".to_owned());
        }
        let word = Word { term: term.clone(), ..word.clone() };
        let instead = Prompt::new(format!("What to say instead of “{term}”?"), "", move |instead| {
            let said = format!("On the list: “{}”. Every message says when it uses it.", word.term);
            let record = Box::new(Word { instead, ..word.clone() }.into());
            let add = Outcome::Edit(Edit::AddRecord { record, place: usize::MAX });
            Ok(Outcome::All(vec![add, Outcome::Say(said)]))
        });
        Ok(Outcome::Open(Box::new(instead.hint("Leave it empty where nobody knows yet. Enter takes it."))))
    });
    Outcome::Open(Box::new(prompt.hint("What to say instead comes next.")))
}

/// A word that stands in quotation marks in a line, where it is short.
fn quoted_word(text: &str) -> Option<&str> {
    let open = |c: char| matches!(c, '"' | '“' | '‘');
    let close = |c: char| matches!(c, '"' | '”' | '’');
    let (_, rest) = text.split_once(open)?;
    let (term, _) = rest.split_once(close)?;
    let count = term.split_whitespace().count();
    (count > 0 && count <= SHORT).then(|| term.trim())
}

/// Asks what remains, with the words of the line to begin from.
pub(super) fn remains(tidy: &mut Tidy, ctx: &Ctx<'_>) -> Outcome {
    let Some((call, line, _)) = tidy.at_line(ctx) else { return Outcome::Unused };
    let said_in = Some(SaidIn { call: call.id.clone(), line: line.id.clone() });
    let legacy = Legacy { said_in, ..Legacy::noted(ctx.ids.record(), call.on, "") };
    // a line without a tag has become something by this; another may still lead elsewhere
    let also = line.tag.is_none().then(|| done(call, line));
    let prompt = Prompt::new("What remains?", line.text.trim(), move |what| {
        if what.is_empty() {
            return Err("A few words are enough.".to_owned());
        }
        let record = Box::new(Legacy { what, ..legacy.clone() }.into());
        let add = Edit::AddRecord { record, place: usize::MAX };
        let edits = [add].into_iter().chain(also.clone()).collect();
        let said = "Set down among what remains of the work.".to_owned();
        Ok(Outcome::All(vec![Outcome::Edits(edits), Outcome::Say(said)]))
    });
    Outcome::Open(Box::new(prompt.hint("Enter takes it.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_in_quotation_marks_is_offered() {
        assert_eq!(quoted_word("\"vulnerable\" is on the poster"), Some("vulnerable"));
        assert_eq!(quoted_word("they say “hard to reach”, and"), Some("hard to reach"));
        assert_eq!(quoted_word("\"we always forget the evening volunteers\""), None);
        assert_eq!(quoted_word("we don’t, they don’t"), None);
        assert_eq!(quoted_word("\" \""), None);
    }
}
