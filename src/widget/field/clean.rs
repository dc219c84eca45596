//! The door for text from outside: typed keys, pastes, files. What passes cannot act on a terminal, and keeps
//! every character that a language or an emoji needs. It knows nothing of fields. Start at [`clean`].

/// What a tab becomes: its width would else depend on where it stands, and a key for it moves the focus
/// anyway.
pub(in crate::widget) const TAB: &str = "    ";

/// `text` without anything that could act on a terminal or hide what it says.
///
/// Every kind of line break becomes `\n`, a tab four spaces. Dropped are the other control characters (so an
/// escape sequence loses its ESC and stays as plain letters), the bidi overrides and isolates, tag characters
/// and byte order marks. Joiners, variation selectors and combining marks stay: words and emoji are made of
/// them.
pub fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                cleaned.push('\n');
            }
            // Word processors copy a soft line break as a vertical tab; the others are Unicode's own.
            '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => cleaned.push('\n'),
            '\t' => cleaned.push_str(TAB),
            c if is_unwelcome(c) => {}
            c => cleaned.push(c),
        }
    }
    cleaned
}

/// [`clean`] for a text of one line: newlines at the end go, those within become spaces.
pub fn clean_line(text: &str) -> String {
    clean(text).trim_end_matches('\n').replace('\n', " ")
}

/// Whether `c` may never reach a terminal.
pub(in crate::widget) fn is_unwelcome(c: char) -> bool {
    match c {
        // Line separators, then bidi embeddings and overrides; bidi isolates.
        '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        // The byte order mark; tag characters, which are an invisible alphabet.
        '\u{feff}' | '\u{e0000}'..='\u{e007f}' => true,
        _ => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::{clean, clean_line, is_unwelcome};
    use crate::testing::properties::cases;
    use proptest::prelude::*;

    #[test]
    fn line_breaks_of_every_kind_become_newlines() {
        assert_eq!(clean("a\r\nb\rc\nd\r\r\ne\u{b}f\u{85}g\u{2028}h"), "a\nb\nc\nd\n\ne\nf\ng\nh");
        assert_eq!(clean_line("one\r\ntwo\n\n"), "one two");
    }

    #[test]
    fn what_could_act_or_hide_goes() {
        assert_eq!(clean("\x1b[31mred\x1b[0m \x1b]52;c;eA==\x07"), "[31mred[0m ]52;c;eA==");
        assert_eq!(clean("\u{feff}a\u{202e}b\u{2066}c\u{2069}d\u{e0041}e\u{9b}f\u{7f}g\0"), "abcdefg");
        assert_eq!(clean("\ta"), "    a");
    }

    #[test]
    fn what_languages_and_emoji_need_stays() {
        let emoji = "👩‍👧‍👦 👍🏽 🇫🇷 ❤\u{fe0f}";
        let words = "e\u{301} می\u{200c}خواهم शक्ति 日本語 a\u{a0}b";
        assert_eq!((clean(emoji).as_str(), clean(words).as_str()), (emoji, words));
    }

    proptest! {
        #![proptest_config(cases(256))]

        #[test]
        fn nothing_unwelcome_passes_and_once_is_enough(text in super::super::tests::nasty()) {
            let once = clean(&text);
            prop_assert!(!once.chars().any(|c| c != '\n' && is_unwelcome(c)), "{once:?}");
            prop_assert_eq!(clean(&once), once);
            let line = clean_line(&text);
            prop_assert!(!line.chars().any(is_unwelcome), "{line:?}");
            prop_assert_eq!(clean_line(&line), line);
        }
    }
}
