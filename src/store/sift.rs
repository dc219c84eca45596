//! Whether a workbook can hold certain words, told by the bytes of its file: most of a library need not be read to be
//! looked through.
//!
//! It errs on one side: where it says no, none of the workbook's texts holds the words; where it says yes, whoever asks has
//! to look. Start reading at [`Store::may_hold`].

use std::path::Path;

use super::{Store, paths};

/// What makes an ASCII letter when it is put into lower case, and is none: the Kelvin sign, and the I with a dot.
const BECOMES_ASCII: [&[u8]; 2] = ["\u{212a}".as_bytes(), "\u{130}".as_bytes()];
/// How letters are written that do not stand for themselves.
const ESCAPES: [&[u8]; 2] = [b"\\u", b"\\x"];

impl Store {
    /// Whether a workbook may hold all the words of `wanted`, whatever their case. May say yes where it does not.
    pub fn may_hold(&self, folder: &Path, wanted: &str) -> bool {
        let plain = |word: &&str| word.bytes().all(|b| b.is_ascii_alphanumeric());
        let words: Vec<String> =
            wanted.split_whitespace().filter(plain).map(str::to_ascii_lowercase).collect();
        // a journal has its texts in pieces
        let journal = self.disk().meta(&folder.join(paths::JOURNAL));
        if words.is_empty() || journal.is_ok_and(|meta| meta.len > 0) {
            return true;
        }
        self.disk().read(&folder.join(paths::WORKBOOK)).map_or(true, |bytes| may_hold(bytes, &words))
    }
}

/// `words` are in lower case, and ASCII.
fn may_hold(mut bytes: Vec<u8>, words: &[String]) -> bool {
    bytes.make_ascii_lowercase();
    let Ok(text) = std::str::from_utf8(&bytes) else { return true };
    let is_odd = |odd: &[u8]| std::str::from_utf8(odd).is_ok_and(|odd| text.contains(odd));
    words.iter().all(|word| text.contains(word.as_str()))
        || BECOMES_ASCII.into_iter().chain(ESCAPES).any(is_odd)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::query;
    use crate::domain::{Edit, QuestionId, Splice, TextPlace, VoiceKey, Workbook, WorkbookId};
    use crate::store::format::write_workbook;
    use crate::store::testing::{Rig, type_in};

    /// The bytes of a workbook in which our side says this.
    fn file(said: &str) -> (Workbook, Vec<u8>) {
        let mut workbook = Workbook::new(WorkbookId::new("sifted0000"), "Sifted");
        let place = TextPlace::Voice(QuestionId::new("SCO-1"), VoiceKey::Ours);
        let splice = Splice { place, at: 0, delete: String::new(), insert: said.to_owned(), on: None };
        workbook.apply(Edit::Splice(splice)).unwrap();
        let text = write_workbook(&workbook, 1, None).unwrap();
        (workbook, text.into_bytes())
    }

    #[test]
    fn what_is_found_is_never_sifted_out() {
        let said = [
            "Amina rang about the lift",
            "amina\r\nRANG, about \"the\" lift",
            "the \u{212a}elvin sign, \u{130}stanbul, stra\u{df}e, caf\u{e9}",
            "tab\tand bell\u{7} and back\\slash and \\u{61}",
            "two\nlines, and a\u{2028}third",
        ];
        let asked = [
            "amina",
            "LIFT rang",
            "kelvin",
            "i",
            "stra",
            "caf",
            "tab",
            "slash",
            "a",
            "lines",
            "u",
            "third two",
        ];
        for said in said {
            let (workbook, bytes) = file(said);
            for asked in asked {
                let words: Vec<String> = asked.split_whitespace().map(str::to_ascii_lowercase).collect();
                let found = !query::find(&workbook, asked, 1).is_empty();
                assert!(!found || may_hold(bytes.clone(), &words), "{asked:?} in {said:?}");
            }
        }
    }

    #[test]
    fn what_is_nowhere_in_the_file_is_sifted_out() {
        let (_, bytes) = file("Amina rang about the lift");
        assert!(!may_hold(bytes.clone(), &["ramp".to_owned()]));
        assert!(!may_hold(bytes, &["amina".to_owned(), "ramp".to_owned()]));
    }

    #[test]
    fn a_workbook_is_sifted_by_its_file_and_not_while_it_has_a_journal() {
        let rig = Rig::new();
        let (mut book, mut keeper) = rig.keeper();
        keeper.take(&type_in(&mut book, "Amina rang"));
        keeper.flush().unwrap();
        let may = |wanted: &str| rig.store.may_hold(&rig.folder, wanted);
        assert!(may("amina"), "it stands in the journal alone");
        keeper.fold().unwrap();
        assert_eq!(["amina", "RANG amina", "amina ramp", "ramp"].map(may), [true, true, false, false]);
        // what is not sure is looked at
        assert!(may("\u{e9}t\u{e9}") && may(""));
        std::fs::remove_file(rig.file(paths::WORKBOOK)).unwrap();
        assert!(may("ramp"));
    }
}
