//! Somebody asks that their details go: afterwards no file holds the name, and what was learned is there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use alongside::domain::{
    Call, Edit, Family, IdSource, Line, Person, PersonId, QuestionId, RecordId, Splice, TextPlace, Version,
    VoiceKey, Workbook,
};
use alongside::store::Jot;
use jiff::civil::date;

use crate::home::{Home, NOW, museum, workbook};
use crate::window::Window;

const NAME: &str = "Quillon Zebedee";

/// A workbook with the name in its title, an answer, an earlier version, a call and the bin.
fn with_the_name() -> Workbook {
    let mut workbook = workbook("Walks with Quillon Zebedee");
    let (day, now) = (date(2025, 3, 14), NOW.parse().unwrap());
    let question = QuestionId::new("SCO-1");
    let person = Person {
        reach: "07700 900123, mornings".into(),
        ..Person::named(PersonId::new("person0001"), museum(), NAME)
    };
    let place = TextPlace::Voice(question.clone(), VoiceKey::Theirs(museum()));
    let insert = "quillon zebedee knows the stairs".into();
    let text = format!("ring {NAME}, 07700 900 123");
    let version = Version { voice: VoiceKey::Ours, on: None, until: day, text: text.clone() };
    let call = |id: &str| {
        let lines = vec![Line::new(RecordId::new("l1"), now, text.clone())];
        let call = Call {
            lines,
            with: vec![PersonId::new("person0001")],
            ..Call::begun(RecordId::new(id), day, now)
        };
        Edit::AddRecord { record: Box::new(call.into()), place: 0 }
    };
    for edit in [
        Edit::AddPerson { person: Box::new(person), place: 0 },
        Edit::Splice(Splice { place, at: 0, delete: String::new(), insert, on: Some(day) }),
        Edit::KeepVersion { question, version },
        call("call000001"),
        call("call000002"),
        Edit::BinRecord { family: Family::Call, record: RecordId::new("call000001"), on: day },
    ] {
        workbook.apply(edit).unwrap();
    }
    workbook
}

/// A home that holds the name in history, undo, bin and inbox too.
fn home() -> Home {
    let home = Home::new();
    home.keep(&with_the_name());
    for (words, last) in [("so says Quillon Zebedee, yes", "yes"), (", QUILLON ZEBEDEE, twice", "twice")] {
        let mut window = home.window().arg("open").arg("Walks").open();
        window.wait("Walks with").keys("g s enter").wait("TYPING").type_text(words);
        window.wait(last).keys("esc J").wait("Jot").type_text("ask Quillon Zebedee").keys("enter esc");
        window.wait("MOVING").keys("q q").exited(0);
    }
    // older than the call that goes on, so it is no line of it and waits
    let note = Jot::new("2025-01-02T09:00:00Z".parse().unwrap(), "ring Quillon Zebedee");
    home.store().inbox().add(&note, &IdSource::new(3)).unwrap();
    copy(&home.folder(), &home.root().join("bin").join(home.folder().file_name().unwrap()));
    home
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            std::fs::copy(&path, &to).unwrap();
        }
    }
}

/// The files that hold the name or the number; with `paths` also those that have it in their own name.
fn holding(home: &Home, paths: bool) -> Vec<PathBuf> {
    let holds = |text: &str| {
        let text = text.to_lowercase();
        ["quillon", "zebedee", "07700"].iter().any(|piece| text.contains(piece))
    };
    let files = home.files().into_iter();
    let found = files.filter(|(path, bytes)| {
        holds(&String::from_utf8_lossy(bytes)) || (paths && holds(&path.display().to_string()))
    });
    found.map(|(path, _)| path).collect()
}

/// From the map to the places of the person.
fn go_there(window: &mut Window) {
    window.wait("Walks").keys("g p").wait("1 partner").keys("end").wait(NAME);
    window.keys(":").wait("Do or go").type_text("details everywhere").wait("1 found").keys("enter");
    window.wait("Remove Quillon Zebedee for good?").wait("cannot be undone").wait("in git or in backups");
}

#[test]
fn no_file_holds_the_name_afterwards() {
    let home = home();
    let mut window = home.window().arg("open").arg("Walks").open();
    // what is in the journal and in a half-written prompt goes too
    window
        .wait("Walks")
        .keys("g p n")
        .wait("Who joins?")
        .type_text("Zebedee and sons")
        .wait("sons")
        .keys("esc");
    window.wait("Put aside").keys("g f enter").wait("TYPING").type_text("Quillon Zebedee said");
    window.wait("Zebedee said");
    let until = Instant::now() + Duration::from_secs(10);
    let held = |name: &str| holding(&home, false).iter().any(|path| path.ends_with(name));
    while !held("drafts.ron") && Instant::now() < until {
        std::thread::yield_now();
    }
    // on a slow day the journal may have been folded meanwhile; what is pasted stands in it in one piece, as letters do not
    window.paste(" and Quillon Zebedee").wait("and Quillon Zebedee");
    while !held("journal.log") && Instant::now() < until {
        std::thread::yield_now();
    }
    let before = holding(&home, false);
    let kinds =
        ["workbook.ron", "journal.log", "undo.log", "history", "inbox", "bin", "drafts.ron", "first.ron"];
    for kind in kinds {
        let there = before.iter().any(|path| path.display().to_string().contains(kind));
        assert!(there, "the name is not in {kind} to begin with: {before:#?}");
    }

    window.keys("esc");
    go_there(&mut window);
    window.keys("tab").type_text("Quillon").keys("enter").wait("Nothing is removed");
    window.type_text(" Zebedee").keys("enter").wait("places were changed");
    assert_eq!(holding(&home, true), Vec::<PathBuf>::new());
    window
        .keys("g s")
        .wait("So says [name removed]".to_lowercase().as_str())
        .keys("u")
        .wait("nothing more to undo");
    window.keys("g p").wait("City Museum").gone("Zebedee").keys("q q").exited(0);
    assert_eq!(holding(&home, true), Vec::<PathBuf>::new());

    let kept = home.workbook();
    assert_eq!(kept.title(), "Walks with [name removed]");
    assert_eq!(home.text("SCO-1", VoiceKey::Theirs(museum())), "[name removed] knows the stairs");
    assert_eq!(kept.calls()[0].lines[0].text, "ring [name removed], [removed]");
    assert!(kept.people().is_empty() && kept.calls()[0].with.is_empty());
    // and it opens as any other
    home.window().open().wait("City Museum");
}

#[test]
fn escape_at_any_step_changes_nothing() {
    let home = home();
    let kept = |home: &Home| {
        let mut files: BTreeMap<_, _> = home.files();
        let passing = ["place.ron", "lock", "settings.ron", "index.ron", "first.ron", "drafts.ron"];
        files.retain(|path, _| !passing.iter().any(|name| path.ends_with(name)));
        files
    };
    let (before, drafts) =
        (kept(&home), |home: &Home| std::fs::read_to_string(home.root().join("drafts.ron")));
    let words = drafts(&home).unwrap_or_default();
    let mut window = home.window().arg("open").arg("Walks").open();
    go_there(&mut window);
    window.keys("down down space").wait("stays").keys("esc").gone("for good?");
    go_there(&mut window);
    window.keys("tab").type_text(NAME).wait(NAME).keys("esc").wait("Go on, and type the name");
    window.keys("esc").gone("for good?").keys("q q").exited(0);
    assert_eq!(kept(&home), before);
    assert_eq!(drafts(&home).unwrap_or_default(), words, "the name that was typed is put aside nowhere");
}
