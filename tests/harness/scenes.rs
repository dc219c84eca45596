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

/// The keys of a call with some lines, and more keys after them.
macro_rules! concat_call {
    ($keys:literal) => {
        concat!(
            "g C 'c' enter 'hello, budget first' enter 'they send the budget by Friday' tab p enter 'a remark about ",
            "somebody there that nobody else needs to read, and that takes more than a row' tab v enter enter ",
            "'who pays for preparation' tab q ",
            $keys
        )
    };
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

/// A call with some lines, the last of them open.
const CALL: &str = concat_call!("");

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
    by("skills-who", "g k tab"),
    by("skills-rate", "g k tab enter"),
    by("skills-step", "g k j j j j j"),
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
    by("versions", "g s enter 'And the porters. ' esc g p end d d g v"),
    by("versions-answer", "g s enter 'And the porters. ' esc g v"),
    by("versions-whole", "g s enter 'And the porters. ' esc g v enter"),
    by("versions-all", "g s enter 'And the porters. ' esc g v W"),
    by("versions-same", "g v"),
    by("versions-copy", "g v left left"),
    by("versions-copy-whole", "g v left left enter"),
    by("versions-copy-all", "g v left left A"),
    by("versions-copy-goes", "g v left left A r"),
    by("versions-copy-kept", "g v left left K"),
    by("versions-copy-put-away", "g v left left M"),
    by("versions-others", "g v o"),
    by("versions-file", "g v f"),
    by("versions-came-back", "g v f '/home/ada/came-back.ron' enter"),
    by("erase", "g p end : 'details everywhere' enter"),
    by("erase-stays", "g p end : 'details everywhere' enter down space"),
    by("erase-name", "g p end : 'details everywhere' enter tab"),
    by("erase-refused", "g p end : 'details everywhere' enter tab 'somebody' enter"),
    by("people-bin", "g p end d"),
    by("people-partner", "g p end k"),
    by("people-left", "g p j t"),
    by("people-move", "g p j m"),
    by("promises", "g o"),
    by("promises-all", "g o a"),
    by("promises-details", "g o tab"),
    by("promises-typing", "g o enter"),
    by("promises-due", "g o tab j enter"),
    by("promises-whose", "g o tab j j enter"),
    by("promises-mark", "g o t"),
    by("promises-joins", "g o n"),
    by("promises-joins-what", "g o n enter"),
    by("promises-bin", "g o d"),
    by("words", "g w"),
    by("words-details", "g w tab"),
    by("words-typing", "g w enter"),
    by("words-joins", "g w n"),
    by("touch-points", ": 'touch points' enter"),
    by("touch-points-details", ": 'touch points' enter tab"),
    by("touch-points-held", ": 'touch points' enter t"),
    by("remains", ": 'what remains' enter"),
    by("remains-noted", "R"),
    by("board", "g c"),
    by("board-across", "g c l >"),
    by("board-new", "g c n"),
    by("board-details", "g c enter"),
    by("remains-details", ": 'what remains' enter tab"),
    by("agenda", "g A"),
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
    and("inbox", "", |play| {
        play.note_comes(901, "2025-11-09T16:20:00Z", None, "ring the carers");
        play.note_comes(902, "2025-11-10T13:55:00Z", None, "bring the tile").keys("g i enter");
    }),
    by("to-tidy", "g i"),
    by("tidy", "g i enter"),
    by("tidy-promises", "g i enter 2"),
    by("tidy-promises-words", "g i enter 2 e"),
    by("tidy-questions", "g i enter 3"),
    by("tidy-questions-some", "g C esc 'hello' enter tab q 'who pays?' enter esc X 3"),
    by("tidy-answers", "g i enter 4"),
    by("tidy-words", "g i enter 5"),
    by("tidy-remains", "g i enter 6"),
    by("tidy-next", "g i enter 7"),
    by("tidy-next-typing", "g i enter 7 down enter"),
    by("tidy-message", "g i enter 8"),
    by("tidy-message-typing", "g i enter 8 enter"),
    by("state-typing-who", ": 'change the state' enter home down down down enter enter tab tab"),
    by("aspect-source", "g h G k tab j"),
    by("map-with-note", "g L J 'ring the carers' esc enter"),
    by("space", "space"),
    by("space-of-aspect", "g s space"),
    and("go", "g", |play| {
        play.tick(301);
    }),
    by("quit", "q"),
    by("rename", "e"),
    by("purpose", ": 'what this partnership is for' enter"),
    by("state", ": 'change the state' enter"),
    by("state-changed", ": 'change the state' enter home down down down enter"),
    by("state-typing", ": 'change the state' enter home down down down enter enter 'they lost the site' tab"),
    by("states", ": 'how the state came about' enter"),
    by("timeline", "g t"),
    by("timeline-end", "g t end"),
    by("timeline-who", "g t f"),
    by("timeline-kind", "g t F"),
    by("timeline-one-kind", "g t F down down down enter"),
    by("timeline-since", "g t s"),
    by("changes", ": 'what has changed since the last pause' enter"),
    by("changes-since", "g t s ctrl-u '2025-03-01' enter"),
    by("stage", ": 'start over from' enter"),
    by("start-over", ": 'start over from' enter enter"),
    by("started-over", ": 'start over from' enter enter r"),
    by("welcome", "g W"),
    by("welcome-paused", ": 'change the state' enter home down down down enter esc g W"),
    by("welcome-end", "g W 4"),
    by("unchecked", ": 'never checked' enter"),
    by("new", ": 'start a new workbook' enter"),
    by("import", ": 'bring in a backup' enter"),
    by("import-exists", ": 'bring in a backup' enter '/home/ada/here-already.zip' enter"),
    by("documents", "x"),
    by("documents-copy", "x j"),
    by("documents-word", "x f f f"),
    by("documents-about", "x j j j j j j j j j j j j"),
    by("documents-read", "x tab pagedown"),
    by("documents-write", "x j enter"),
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
            "Another window writes in it (on ada since 14:01). This is how it was when it was opened here.",
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
    by("library-bin-name", "g L d d"),
    by("library-bin-open", "g L d d 'Walks with the day centre' enter g B"),
    by("call-new", "g C"),
    by("call-found", "g C 'c'"),
    by("call-stranger", "g C 'Amina Yusuf'"),
    by("call-first-line", "g C enter"),
    by("call", CALL),
    and("call-tab", CALL, |play| {
        play.keys("tab").tick(301);
    }),
    by("call-earlier", concat_call!("up")),
    by("call-joining", concat_call!("home")),
    by("call-people", concat_call!("shift-tab shift-tab")),
    by("call-side", concat_call!("shift-tab shift-tab shift-tab down")),
    by("call-resting", concat_call!("esc")),
    by("call-free-row", concat_call!("enter esc end")),
    by("call-selected", concat_call!("esc shift-up shift-up")),
    by("call-help", concat_call!("f1")),
    by("call-space", concat_call!("esc space")),
    by("call-left", concat_call!("esc esc")),
    by("call-second", concat_call!("esc n 'z' enter 'another' enter esc")),
    by("call-ended", concat_call!("esc X g n enter")),
    by("call-quit", concat_call!("ctrl-q")),
    by("call-jot", concat_call!("esc esc J 'in passing'")),
    by("deck", "g f *"),
    by("deck-tried", "g f * down enter 'a name' enter"),
    by("types", "g s 9 down down c"),
    by("levels-theirs", "g s 9 down down down c tab down enter"),
    by("want-and-bring", "g s 7 c down"),
    by("differences", "g b 8 c down right"),
    by("go-decision", "g s G enter n 'the two of us' enter t down down enter"),
    by("candidates", "g f G enter n 'Young carers' enter right end"),
    by("notes", concat_call!("esc X J 'ring the carers' enter esc g n")),
    by("notes-empty", "g n"),
    by("notes-found", concat_call!("esc X g n / 'budget'")),
    by("notes-rest", concat_call!("esc X g n / 'budget' tab")),
    by("notes-nothing", "g n / 'xyzzy'"),
    and("jot-tab", "J 'ring the carers'", |play| {
        play.keys("tab").tick(301);
    }),
    by("jot-tagged", "J 'ring the carers' tab p tab v"),
    by("jot-elsewhere", "J 'ring the carers' shift-tab"),
    by("who", "g L g C"),
    by("who-found", "g L g C 'c'"),
    by("who-stranger", "g L J 'hello' ctrl-j 'Zebra Crossing'"),
    by("agreement", "g a"),
    by("agreement-clause", "g a 5 tab"),
    by("agreement-typing", "g a 5 enter"),
    // nothing is worded any more, so that it is drawn from other answers
    and("agreement-drawn", "g a 2 enter", |play| {
        (0..12).for_each(|_| {
            play.keys("ctrl-u backspace");
        });
        play.keys("esc");
    }),
    by("agreement-read", "g a v"),
    by("agreement-form", "g a f"),
    by("agreement-versions", "g a V"),
    by("agreement-version", "g a V j"),
    by("aspect-cards", "g s 7"),
    by("tried-ideas", ": 'ideas tried' enter"),
    by("pilots", ": 'pilots' enter"),
    by("matrix", "g *"),
    by("matrix-turned", "g * * l"),
    by("deputies", "g p K"),
    by("membership", ": 'joining and leaving' enter n enter"),
    by("hand-on", ": 'joining and leaving' enter n enter l"),
    by("hand-on-choosing", ": 'joining and leaving' enter n enter l enter"),
    by("money", ": 'money' down enter"),
    by("walk", "g r"),
    by("walk-typing", "g r j j enter"),
    by("walk-debrief", "g r 2 enter 'they are tired'"),
    by("walk-will-do", "g r 5"),
    by("walk-heard", "g r 6"),
    by("walk-mended", "g r [ 7 down"),
    by("steps", ": 'what we do about gaps' enter"),
    by("pulse", "g r 8 enter"),
    by("ending-steps", "g e end k k k enter"),
    by("ending-teller", "g e end k k k enter end"),
    by("portfolio", "g L b"),
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
