mod bounds;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::date;

use super::*;
use crate::domain::erase::traces;
use crate::domain::{
    Call, Edit, IdSource, Line, Partner, PartnerId, Person, PersonId, QuestionId, RecordId, Splice,
    TextPlace, Version, VoiceKey,
};
use crate::store::fault::{Fault, FaultyDisk};
use crate::store::testing::{at, now, undo_all, writing};
use crate::store::{Disk as _, Jot, RealDisk, Settings};

const NAME: &str = "Quillon Zebedee";
const PHONE: &str = "07700 900123";

/// A folder that holds the name wherever the program keeps anything.
struct Home {
    dir: tempfile::TempDir,
    disk: FaultyDisk,
    store: Store,
    folder: PathBuf,
}

fn person() -> PersonId {
    PersonId::new("q")
}

fn ours() -> TextPlace {
    TextPlace::Voice(QuestionId::new("SCO-1"), VoiceKey::Ours)
}

fn insert(place: TextPlace, text: &str) -> Edit {
    Edit::Splice(Splice { place, at: 0, delete: String::new(), insert: text.into(), on: None })
}

fn steps() -> Vec<Edit> {
    let (day, museum) = (date(2025, 3, 14), PartnerId::new("museum"));
    let reach = format!("mornings, {PHONE}");
    let mut call = Call::begun(RecordId::new("c"), day, now());
    call.lines.push(Line::new(RecordId::new("l"), now(), format!("{NAME} says ring {PHONE}")));
    let version = Version { voice: VoiceKey::Ours, on: None, until: day, text: format!("{NAME} decides") };
    vec![
        Edit::AddPartner { partner: Box::new(Partner::named(museum.clone(), "City Museum")), place: 0 },
        Edit::AddPerson {
            person: Box::new(Person { reach, ..Person::named(person(), museum, NAME) }),
            place: 0,
        },
        insert(ours(), "we go on with quillon zebedee"),
        Edit::KeepVersion { question: QuestionId::new("SCO-1"), version },
        Edit::AddRecord { record: Box::new(call.into()), place: 0 },
        insert(TextPlace::Partner(PartnerId::us(), crate::domain::PartnerField::IntroducedBy), NAME),
    ]
}

impl Home {
    fn new() -> Self {
        let home = Self::at(tempfile::tempdir().unwrap());
        let store = &home.store;
        let workbook = Workbook::new(WorkbookId::new("w1"), "Walks with Quillon Zebedee");
        let folder = store.workbooks().create(&workbook, now()).unwrap();
        // one visit is folded, another too, and of the third the journal is left
        let mut steps = steps();
        let last = steps.split_off(4);
        for part in [steps, last] {
            let (mut book, mut keeper) = writing(store.open(&folder, now()).unwrap());
            for edit in part {
                let records = book.act(edit, at(60)).unwrap();
                keeper.take(&records);
            }
            keeper.fold().unwrap();
        }
        let binned = store.folders().bin().join("2-walks-with-quillon-zebedee-w1");
        RealDisk.make_folder(binned.parent().unwrap()).unwrap();
        copy(&folder, &binned);
        let (mut book, mut keeper) = writing(store.open(&folder, at(99)).unwrap());
        keeper.take(&book.act(insert(ours(), "QUILLON ZEBEDEE again. "), at(100)).unwrap());
        keeper.sync().unwrap();
        for to in [None, Some(WorkbookId::new("w1"))] {
            let text = format!("ring {NAME}");
            let jot = Jot { to, ..Jot::new(now(), text) };
            store.inbox().add(&jot, &IdSource::new(5)).unwrap();
        }
        let path = store.inbox().add(&Jot::new(now(), format!("rang {NAME}")), &IdSource::new(7)).unwrap();
        store.inbox().bin(path.file_name().unwrap().to_str().unwrap()).unwrap();
        let asked = [("Jot".to_owned(), format!("{PHONE} is")), (format!("Why {NAME}?"), "so".to_owned())];
        let path = store.folders().root().join("drafts.ron");
        drafts::save_for_good(store, &path, &BTreeMap::from(asked)).unwrap();
        let our_side = Some(book.workbook().us().clone());
        store.save_settings(&Settings { our_side, ..Settings::default() }).unwrap();
        drop(keeper);
        let (news, heard) = std::sync::mpsc::channel();
        store.workbooks().load(&news, &|| ());
        while !matches!(heard.recv().unwrap(), crate::store::LibraryNews::Done(_)) {}
        Self { folder, ..home }
    }

    fn at(dir: tempfile::TempDir) -> Self {
        let disk = FaultyDisk::new(Arc::new(RealDisk)).pretending_to_sync();
        let store = Store::with_disk(Folders::at(dir.path().join("root")), Arc::new(disk.clone()));
        let folder = store.folders().workbooks().join("walks-with-quillon-zebedee-w1");
        Self { dir, disk, store, folder }
    }

    /// The same in a folder of its own.
    fn copied(&self) -> Self {
        let home = Self::at(tempfile::tempdir().unwrap());
        copy(&self.dir.path().join("root"), &home.dir.path().join("root"));
        home
    }

    fn workbook(&self) -> Workbook {
        self.store.read(&self.folder()).unwrap().book.workbook().clone()
    }

    /// Where the workbook is now.
    fn folder(&self) -> PathBuf {
        self.store.workbooks().folder_of(&WorkbookId::new("w1")).unwrap()
    }

    fn erasure(&self) -> Erasure {
        let workbook = self.workbook();
        Erasure::new(&workbook, &person(), traces(&workbook, &person())).unwrap()
    }

    /// Everything that holds the name or the number, in any case.
    fn holding(&self) -> Vec<PathBuf> {
        let mut holding = Vec::new();
        for (path, bytes) in files(self.dir.path()) {
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            let shown = path.display().to_string().to_lowercase();
            let name = ["quillon zebedee", "quillon-zebedee", "07700"].iter().any(|n| text.contains(n));
            if name || shown.contains("quillon") {
                holding.push(path);
            }
        }
        holding
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (path, name) = (entry.as_ref().unwrap().path(), entry.unwrap().file_name());
        if path.is_dir() {
            copy(&path, &to.join(name))
        } else {
            std::fs::copy(path, to.join(name)).unwrap();
        }
    }
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.insert(path.clone(), std::fs::read(&path).unwrap());
        }
    }
    all
}

#[test]
fn nothing_that_is_kept_holds_the_name_and_what_was_learned_is_there() {
    let home = Home::new();
    assert!(home.holding().len() >= 12, "{:#?}", home.holding());
    let before = home.workbook();
    let erased = home.store.erase(&home.folder, &home.erasure(), now()).unwrap();
    assert_eq!(erased.unreached, Vec::<String>::new());
    assert_eq!(home.holding(), Vec::<PathBuf>::new());
    assert_eq!(erased.folder, home.folder());
    assert_eq!(erased.folder.file_name().unwrap(), "walks-with-w1");
    assert!(erased.places >= 7 && erased.files >= 8, "{erased:?}");
    let mut opened = home.store.open(&erased.folder, now()).unwrap();
    assert_eq!(opened.notices, Vec::<String>::new());
    let text = opened.book.workbook().text(&ours()).unwrap().to_owned();
    assert_eq!(text, "[name removed] again. we go on with [name removed]");
    assert_eq!(opened.book.workbook().calls().len(), before.calls().len());
    assert_eq!(undo_all(&mut opened.book), 0, "the history before it cannot be kept");
    assert_eq!(home.store.inbox().list().unwrap()[0].jot.as_ref().unwrap().text, "ring [name removed]");
    assert_eq!(home.store.check(), []);
    // and work goes on
    let (mut book, mut keeper) = writing(opened);
    keeper.take(&book.act(insert(ours(), "on "), at(200)).unwrap());
    keeper.fold().unwrap();
    drop(keeper);
    let mut again = home.store.open(&erased.folder, now()).unwrap();
    assert_eq!(undo_all(&mut again.book), 1);
    assert_eq!(again.book.workbook().text(&ours()), Some(text.as_str()));
}

/// Nobody comes back through a copy: not one that lies beside the workbook, nor one that was put away, nor a backup.
#[test]
fn nobody_comes_back_through_copies_or_a_backup_made_afterwards() {
    let home = Home::new();
    let whole = std::fs::read(home.folder.join(paths::WORKBOOK)).unwrap();
    let (copy, put_away) = ("workbook (1).ron", "workbook.sync-conflict-20251102-101500-ABCDEFG.ron");
    for name in [copy, put_away, "workbook (2).ron"] {
        std::fs::write(home.folder.join(name), &whole).unwrap();
    }
    let other = String::from_utf8(whole.clone()).unwrap().replace("\"w1\"", "\"w2\"");
    std::fs::write(home.folder.join("workbook (2).ron"), &other).unwrap();
    home.store.put_away(&home.folder, put_away, now()).unwrap();
    let erased = home.store.erase(&home.folder, &home.erasure(), now()).unwrap();
    // another workbook is not ours to rewrite: it is named
    assert_eq!(erased.unreached.len(), 1, "{:?}", erased.unreached);
    assert!(erased.unreached[0].contains("workbook (2).ron"));
    std::fs::remove_file(erased.folder.join("workbook (2).ron")).unwrap();
    assert_eq!(home.holding(), Vec::<PathBuf>::new());
    let opened = home.store.open(&erased.folder, now()).unwrap();
    let past = home.store.past(&erased.folder).unwrap();
    let there = home.store.read_beside(&erased.folder.join(copy), &WorkbookId::new("w1")).unwrap().workbook;
    let mut others: Vec<Workbook> = past.versions().iter().map(|v| past.read(v).unwrap()).collect();
    others.push(there);
    for other in others {
        let all = crate::domain::compare::differences_of_copy(opened.book.workbook(), &other);
        let today = jiff::civil::date(2025, 11, 10);
        let edits = crate::domain::compare::merge(opened.book.workbook(), &other, &all, today);
        assert!(!format!("{edits:?}").to_lowercase().contains("quillon"));
    }
    drop(opened);
    let backup = home.dir.path().join("all");
    home.store.backup(&backup, false, now()).unwrap();
    assert_eq!(home.holding(), Vec::<PathBuf>::new(), "nor through a backup");
}

#[test]
fn what_cannot_be_read_is_named_and_stays() {
    let home = Home::new();
    let version = home.folder.join("history/20200101T000000Z-000001.ron");
    let note = home.store.folders().root().join("quarantine/note");
    std::fs::create_dir_all(note.parent().unwrap()).unwrap();
    for path in [&version, &note] {
        std::fs::write(path, "(title: \"with Quillon  Zebedee\"").unwrap();
    }
    let other = Jot { to: Some(WorkbookId::new("other")), ..Jot::new(now(), NAME) };
    home.store.inbox().add(&other, &IdSource::new(6)).unwrap();
    let erased = home.store.erase(&home.folder, &home.erasure(), now()).unwrap();
    assert_eq!(erased.unreached.len(), 3, "{:#?}", erased.unreached);
    let version = erased.folder.join("history/20200101T000000Z-000001.ron");
    for path in [version, note] {
        assert!(path.exists());
        assert!(erased.unreached.iter().any(|line| line.starts_with(&path.display().to_string())));
    }
}

#[test]
fn what_is_held_by_another_window_stays_as_it_is() {
    let home = Home::new();
    let (before, erasure) = (files(home.dir.path()), home.erasure());
    let open = home.store.open(&home.folder, now()).unwrap();
    let error = home.store.erase(&home.folder, &erasure, now()).unwrap_err();
    assert!(matches!(error, StoreError::Held { .. }), "{error}");
    drop(open);
    let mut after = files(home.dir.path());
    let lock = home.folder.join(paths::LOCK);
    after.insert(lock.clone(), before[&lock].clone());
    assert_eq!(after, before);
}

/// Whatever the disk refuses: the workbook is whole, and either nothing has happened, or the next opening finishes it, or
/// what is left is named.
#[test]
fn a_removal_that_fails_anywhere_is_finished_or_never_began() {
    let template = Home::new();
    let (before, erasure) = (template.workbook(), template.erasure());
    let first = template.copied();
    first.disk.heal();
    first.store.erase(&first.folder, &erasure, now()).unwrap();
    let calls = first.disk.calls();
    assert!(calls.len() > 60, "{}", calls.len());
    let (mut finished, mut never) = (0, 0);
    // all of them take half a minute
    let step = if std::env::var_os("ALONGSIDE_TRIALS").is_some() { 1 } else { 7 };
    for n in (0..calls.len()).step_by(step) {
        for length in [1, usize::MAX] {
            let home = template.copied();
            home.disk.fail(Fault { at: n, calls: length, error: 28, tear: true });
            let done = home.store.erase(&home.folder, &erasure, now());
            home.disk.heal();
            let what =
                format!("call {n}, {}, {length}: {:?}", calls[n], done.as_ref().map_err(ToString::to_string));
            match done {
                Ok(erased) => {
                    let unnamed = |path: &PathBuf| {
                        let path = path.display().to_string();
                        !erased.unreached.iter().any(|line| {
                            line.starts_with(&path) || path.starts_with(line.split(": ").next().unwrap())
                        })
                    };
                    let silent: Vec<PathBuf> = home.holding().into_iter().filter(unnamed).collect();
                    assert!(silent.is_empty(), "{what}: {silent:#?}");
                }
                Err(_) => {
                    let begun = home.folder().join(paths::ERASING).exists();
                    let mut opened = home.store.open(&home.folder(), now()).unwrap();
                    assert!(!home.folder().join(paths::ERASING).exists(), "{what}: {:?}", opened.notices);
                    if begun {
                        finished += 1;
                        assert!(!opened.notices.is_empty(), "{what}");
                        assert_eq!(home.holding(), Vec::<PathBuf>::new(), "{what}");
                    } else {
                        never += 1;
                        assert_eq!(*opened.book.workbook(), before, "{what}");
                        assert!(undo_all(&mut opened.book) >= 7, "{what}");
                    }
                }
            }
        }
    }
    assert!(finished > 4 && never > 4, "{finished} finished, {never} never begun");
}

#[test]
fn the_name_of_a_folder_loses_only_the_name() {
    let wb = |name: &str| {
        let mut wb = Workbook::new(WorkbookId::new("w1"), "");
        wb.apply(Edit::AddPerson {
            person: Box::new(Person::named(person(), PartnerId::us(), name)),
            place: 0,
        })
        .unwrap();
        Erasure::new(&wb, &person(), Vec::new()).unwrap()
    };
    let id = WorkbookId::new("w1");
    let without = |folder: &str, name: &str| name_without(folder, &wb(name), Some(&id));
    assert_eq!(without("walks-with-ann-w1", "Ann").as_deref(), Some("walks-with-w1"));
    assert_eq!(without("planning-w1", "Ann"), None);
    assert_eq!(without("ann-w1", "Ann").as_deref(), Some("workbook-w1"));
    assert_eq!(without("workbook-w1", "山田"), None);
    assert_eq!(without("walks-w1", ""), None);
}

#[test]
fn letters_written_as_numbers_are_read() {
    assert_eq!(plain(br"Zo\u{eb} \u{zz} \u{1F600"), "Zoë zz} 1F600");
}
