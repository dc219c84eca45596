//! The one place where text loses what could act on a terminal.
//!
//! Every export, every line on standard output or standard error, and every window title passes through here. It knows
//! nothing of formats: escaping what means something in Markdown or JSON is the business of those writers.

/// How many spaces stand for a tab.
const TAB: &str = "    ";

/// Text of several lines, safe to print: line breaks of every kind become `\n`, a tab becomes spaces, and every other
/// character that [`is_unsafe`] names is left out.
pub fn text(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                clean.push('\n');
            }
            '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            '\t' => clean.push_str(TAB),
            c if is_unsafe(c) => {}
            c => clean.push(c),
        }
    }
    clean
}

/// Text of one line, safe to print as a name or a title: as [`text`], with every run of white space as one space.
pub fn line(raw: &str) -> String {
    let mut clean = String::with_capacity(raw.len());
    for word in text(raw).split_whitespace() {
        if !clean.is_empty() {
            clean.push(' ');
        }
        clean.push_str(word);
    }
    clean
}

/// Whether a character is never printed: control characters of both sets (the line feed too), marks that turn the
/// direction of writing, tag characters, invisible characters that only hide things, and numbers that
/// are no characters. The joiners that emoji and
/// several scripts need are not among them.
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(
            u32::from(c),
            0x061C
                | 0x180E
                | 0x200B
                | 0x200E..=0x200F
                | 0x2028..=0x202E
                | 0x2060..=0x206F
                | 0xFEFF
                | 0xFFF9..=0xFFFB
                | 0xE0000..=0xE007F
                | 0xFDD0..=0xFDEF
        )
        // the two at the end of each plane are no characters, and no file of XML or HTML may hold them
        || u32::from(c) & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use crate::testing::properties::cases;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_acts_on_a_terminal_is_gone_and_the_words_stay() {
        let cases = [
            ("\u{1b}[31mred\u{1b}[0m", "[31mred[0m"),
            ("\u{1b}]52;c;aGk=\u{7}x", "]52;c;aGk=x"),
            ("\u{9b}31mred", "31mred"),
            ("a\u{202e}b\u{2066}c\u{200f}", "abc"),
            ("a\u{e0041}\u{e007f}b", "ab"),
            ("a\u{200b}b\u{feff}c", "abc"),
            ("a\u{8}\u{7f}\0b", "ab"),
            ("one\r\ntwo\rthree\u{2028}four", "one\ntwo\nthree\nfour"),
            ("a\tb", "a    b"),
            (
                "👩\u{200d}👧 e\u{301} ❤\u{fe0f} \u{645}\u{200c}\u{6cc}",
                "👩\u{200d}👧 e\u{301} ❤\u{fe0f} \u{645}\u{200c}\u{6cc}",
            ),
        ];
        for (raw, clean) in cases {
            assert_eq!(text(raw), clean, "{raw:?}");
        }
    }

    #[test]
    fn a_title_is_one_line() {
        assert_eq!(line("  Walks\nand\t\ttalks \u{1b}]0;x\u{7}"), "Walks and talks ]0;x");
    }

    proptest! {
        #![proptest_config(cases(256))]

        #[test]
        fn nothing_unsafe_is_left_and_cleaning_twice_changes_nothing(raw in any::<String>()) {
            let clean = text(&raw);
            prop_assert!(!clean.chars().any(|c| is_unsafe(c) && c != '\n'));
            prop_assert_eq!(text(&clean), clean.clone());
            prop_assert!(!line(&raw).contains('\n'));
        }
    }
}
