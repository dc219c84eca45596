//! Looks at every byte that the program wrote to the terminal: text, line ends, and the few sequences that are its own.

/// Everything in there that is neither plain text nor one of our own sequences, in words.
pub fn foreign(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut rest = text.as_ref();
    let mut found = Vec::new();
    while let Some(c) = rest.chars().next() {
        let (length, ours) = match c {
            '\x1b' => sequence(rest),
            '\r' | '\n' => (1, true),
            c => (c.len_utf8(), is_harmless(c)),
        };
        if !ours {
            let near: String = rest.chars().take(24).collect();
            found.push(format!("{near:?}"));
        }
        rest = &rest[length..];
    }
    found
}

/// How long the sequence at the start is, and whether it is one of ours.
fn sequence(text: &str) -> (usize, bool) {
    if let Some(body) = text.strip_prefix("\x1b[") {
        let end = body.find(|c| matches!(c, '@'..='~')).map_or(body.len(), |at| at + 1);
        return (2 + end, is_our_csi(&body[..end]));
    }
    if let Some(body) = text.strip_prefix("\x1b]0;") {
        let end = body.find('\x07').unwrap_or(body.len());
        // the title of the window is text like any other
        return (4 + end + 1, body[..end].chars().all(is_harmless));
    }
    (1, false)
}

/// Reports of the mouse, in all their ways, and of the focus.
const EDITORS_MODES: [&str; 6] = ["?1000", "?1002", "?1003", "?1004", "?1006", "?1015"];

fn is_our_csi(body: &str) -> bool {
    let numbers = |end: char| {
        body.strip_suffix(end)
            .is_some_and(|n| n.chars().all(|c| c.is_ascii_digit() || matches!(c, ';' | ':')))
    };
    let modes = ["?1049", "?2004", "?25"];
    let mode = body.strip_suffix(['h', 'l']).is_some_and(|mode| modes.contains(&mode));
    // what an editor may have left on is turned off after it
    let off = body.strip_suffix('l').is_some_and(|mode| EDITORS_MODES.contains(&mode));
    mode || off
        || ['H', 'm', 'J', 'K', 'A', 'B', 'C', 'D'].into_iter().any(numbers)
        || matches!(body, "6 q" | "0 q")
}

/// No control character, nothing that turns the direction of text, no tag, nothing of no width but what joins letters.
fn is_harmless(c: char) -> bool {
    let turns =
        matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}');
    let hides = matches!(c, '\u{200b}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}' | '\u{2028}' | '\u{2029}');
    !c.is_control() && !turns && !hides
}

#[test]
fn the_scan_knows_what_is_foreign() {
    for foreign_one in [
        "\x1b]52;c;aGk=\x07",
        "\x1b[6n",
        "\x1bc",
        "\x1bPq\x1b\\",
        "\x07",
        "\u{9b}6n",
        "\u{202e}",
        "\x1b[>c",
        "\x1b[?1000h",
        "\u{e0041}",
        "\x1b]0;a\u{1b}b\x07",
    ] {
        assert!(!foreign(format!("a{foreign_one}b").as_bytes()).is_empty(), "{foreign_one:?}");
    }
    let own = "\x1b[?1049h\x1b[1;1H\x1b[38;5;2mtext \u{e9} \u{1f469}\u{200d}\u{1f467}\x1b[m\x1b]0;Title\x07\x1b[6 q\r\n";
    assert_eq!(foreign(own.as_bytes()), Vec::<String>::new());
}
