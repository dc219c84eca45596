//! Every screen and every overlay, and the keys that lead there. The tests of the screens draw each of them, the tests
//! of the rows press every key in each of them.

use alongside::app::Message;

use super::Play;
use super::books::sample;

/// A place in the program, reached by keys from the map of an open workbook.
#[derive(Clone, Copy)]
pub struct Scene {
    pub name: &'static str,
    keys: &'static str,
    then: fn(&mut Play),
}

/// A scene that keys lead to; what stands between apostrophes is typed.
const fn by(name: &'static str, keys: &'static str) -> Scene {
    Scene { name, keys, then: |_| {} }
}

/// A scene that takes more than keys.
const fn and(name: &'static str, keys: &'static str, then: fn(&mut Play)) -> Scene {
    Scene { name, keys, then }
}

impl Scene {
    /// Goes there from the map.
    pub fn go(&self, play: &mut Play) {
        play.keys(self.keys);
        (self.then)(play);
    }
}

/// Keys after a call that has just ended, with a promise, a question to ask back and something that they said.
macro_rules! after_a_call {
    ($keys:literal) => {
        concat!(
            "g C esc 'hello' enter tab p 'they send it by Friday' enter tab q 'who pays?' enter ",
            "tab s 'not us' enter esc X ",
            $keys
        )
    };
}

/// The scenes of a workbook. Each works in any workbook, though in some there is less to see.
pub const SCENES: &[Scene] = &[
    by("map", ""),
    by("map-lens", "L"),
    by("map-heart", "end"),
    by("aspect", "g s"),
    by("aspect-last-question", "g s G"),
    by("aspect-disputed", "g s j"),
    by("aspect-third", "g s j j"),
    by("aspect-answer", "g s tab"),
    by("aspect-theirs", "g s tab j"),
    by("aspect-guidance", "g s tab tab"),
    by("aspect-typing", "g s enter"),
    by("aspect-typing-theirs", "g s enter tab"),
    by("aspect-typing-agreed", "g s enter shift-tab"),
    by("aspect-typing-third", "g s j j enter"),
    by("aspect-selected", "g s enter shift-left shift-left shift-up"),
    by("skills", "g k"),
    by("standing", "g s tab t"),
    by("standing-of-one", "g s tab j t"),
    by("standing-one-sided", "g s G tab t ="),
    by("heard", "g s tab j w"),
    by("heard-who", "g s tab j w ctrl-u 'the walk on Friday' enter"),
    by("earlier", "g s H"),
    by("guidance", "g s o"),
    by("ideas", "g s *"),
    by("people", "g p"),
    by("people-last", "g p end"),
    by("people-details", "g p j l j"),
    by("people-typing", "g p j enter"),
    by("people-typing-new", "g p n 'Day Centre' enter enter 'charity' enter"),
    by("partner-joins", "g p n"),
    by("partner-refused", "g p n enter"),
    by("person-joins", "g p j a"),
    by("people-bin", "g p end d"),
    by("guide", "g u"),
    by("guide-filter", "g u / 'trust'"),
    by("guide-rest", "g u / 'trust' tab"),
    by("guide-page", "g u enter"),
    by("guide-nothing", "g u / 'xyzzy'"),
    by("bin", "g B"),
    by("bin-more", "g p n 'Day Centre' enter esc esc g p end d d g B"),
    by("preview", "v"),
    by("preview-end", "v end"),
    by("entrances", ": 'the four ways in' enter"),
    by("entrances-doors", ": 'the four ways in' enter j j enter"),
    by("help", "?"),
    by("help-found", "? 'undo'"),
    by("help-nothing", "? 'xyzzy'"),
    by("help-of-aspect", "g s ?"),
    by("help-while-typing", "g s enter f1"),
    by("palette", ":"),
    by("palette-print", ": 'print'"),
    by("palette-moved", ": 'museum' down"),
    by("palette-nothing", ": 'xyzzy'"),
    by("find", "/"),
    by("find-words", "/ 'the'"),
    by("find-moved", "/ 'the' down down"),
    by("find-nothing", "/ 'xyzzy'"),
    by("find-everywhere", "ctrl-f"),
    by("find-everywhere-words", "ctrl-f 'the' down"),
    by("jot", "J"),
    by("jot-kept", "J 'ring the carers' enter 'and the bus people'"),
    by("jot-from-typing", "g s enter ctrl-j 'ring them'"),
    by("inbox", "J 'ring the carers' enter 'bring the tile' enter esc g i"),
    by("map-with-note", "J 'ring the carers' esc"),
    by("to-tidy", "g i"),
    by("to-tidy-some", after_a_call!("g i")),
    by("tidy", after_a_call!("")),
    by("tidy-what", "g i enter enter"),
    by("tidy-promises", after_a_call!("2")),
    by("tidy-promises-day", "g i enter 2 t"),
    by("tidy-promises-words", "g i enter 2 e"),
    by("tidy-promise-taken", after_a_call!("2 enter")),
    by("tidy-questions", after_a_call!("3")),
    by("tidy-questions-choose", after_a_call!("3 enter")),
    by("tidy-answers", "g i enter 4"),
    by("tidy-answers-choose", "g i enter 4 enter"),
    by("tidy-words", "g i enter 5"),
    by("tidy-words-add", "g i enter 5 enter"),
    by("tidy-remains", "g i enter 6"),
    by("tidy-remains-add", "g i enter 6 enter"),
    by("tidy-next", "g i enter 7"),
    by("tidy-next-typing", "g i enter 7 down enter"),
    by("tidy-message", "g i enter 8"),
    by("tidy-message-typing", "g i enter 8 enter"),
    by("tidy-message-file", "g i enter 8 x"),
    by("tidy-message-written", "g i enter 8 x enter"),
    by("tidy-last", ": 'tidy the last call' enter"),
    by("space", "space"),
    by("space-of-aspect", "g s space"),
    and("go", "g", |play| {
        play.tick(301);
    }),
    by("quit", "q"),
    by("rename", "e"),
    by("purpose", ": 'what this partnership is for' enter"),
    by("state", ": 'change the state' enter"),
    by("state-why", ": 'change the state' enter down down down enter"),
    by("unchecked", ": 'never checked' enter"),
    by("new", ": 'start a new workbook' enter"),
    by("import", ": 'bring in a backup' enter"),
    by("import-exists", ": 'bring in a backup' enter '/home/ada/here-already.zip' enter"),
    by("export", ": 'choose where the exported' enter"),
    by("exported", ": 'choose where the exported' enter enter"),
    by(
        "export-exists",
        ": 'choose where the exported' enter ctrl-u '/home/ada/Documents/there-already.md' enter",
    ),
    and("pasted", "", |play| {
        play.paste("dd q and a note from somewhere else\nwith a second line");
    }),
    by("unknown-key", "z"),
    by("undone", "g s enter 'zebra ' esc u"),
    and("not-saved", "g s", |play| {
        let why = "The disk is full. Make room, then press Ctrl-S.".to_owned();
        play.say(Message::NotSaved { why });
    }),
    and("to-read", "", |play| {
        let workbook = play.workbook().clone();
        play.open_to_read(
            workbook,
            "Open in another window (on ada since 14:01), so here it can only be read.",
        );
        play.keys("g s");
    }),
    by("library", "g L"),
    by("library-end", "g L end"),
    by("library-filter", "g L / 'wa'"),
    by("library-rest", "g L / 'wa' tab"),
    by("library-nothing", "g L / 'xyzzy'"),
    by("library-bin", "g L d"),
    by("library-new", "g L n"),
    by("library-bring-in", "g L i"),
    by("library-help", "g L ?"),
    by("library-bin-open", "g L d d g B"),
    by("tour", ": 'tour' enter"),
    by("tour-typing", ": 'tour' enter enter enter"),
];

/// The scenes of an empty folder.
pub const FIRST_SCENES: &[Scene] = &[
    by("first", ""),
    by("first-last", "end down down down down down"),
    by("first-start", "enter"),
    by("first-start-typed", "enter 'Tactile guide'"),
    by("first-start-refused", "enter enter"),
    by("first-entrances", "enter 'Tactile guide' enter"),
    by("first-map", "enter 'Tactile guide' enter esc"),
    by("first-bring-in", "4"),
    by("first-note", "5"),
    by("first-linear", "6"),
    by("first-tour", "3"),
    by("first-help", "?"),
    by("first-palette", ":"),
    by("first-space", "space"),
    by("first-bin", "g B"),
    by("first-guide", "g u"),
    by("first-quit", "q"),
    by("first-find", "ctrl-f"),
];

/// The scene of a name.
pub fn scene(name: &str) -> &'static Scene {
    SCENES.iter().chain(FIRST_SCENES).find(|scene| scene.name == name).expect("there is such a scene")
}
