//! What a removal leaves as it is, what it says, and how far it goes.

use super::*;
use crate::domain::erase::Kind;
use crate::store::testing::Rig;

impl Home {
    /// With the journal folded, as after leaving.
    fn folded() -> Self {
        let home = Self::new();
        writing(home.store.open(&home.folder, at(200)).unwrap()).1.fold().unwrap();
        home
    }

    fn erase(&self) -> Erased {
        self.store.erase(&self.folder, &self.erasure(), now()).unwrap()
    }
}

/// A workbook with the person in it from the start, and with no past.
fn without_a_past() -> (Rig, Erasure) {
    let mut workbook = Workbook::new(WorkbookId::new("w1"), "Walks");
    workbook
        .apply(Edit::AddPerson { person: Box::new(Person::named(person(), PartnerId::us(), NAME)), place: 0 })
        .unwrap();
    let erasure = Erasure::new(&workbook, &person(), traces(&workbook, &person())).unwrap();
    (Rig::of(&workbook), erasure)
}

#[test]
fn how_much_was_changed_is_told_as_it_is() {
    let home = Home::folded();
    let names = ["quillon zebedee", "quillon-zebedee", "07700"];
    let holds = |bytes: &Vec<u8>| {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        names.iter().any(|name| text.contains(name))
    };
    let holding = files(home.dir.path()).into_values().filter(holds).count();
    let places = home.erasure().ready().workbook(&home.workbook()).1;
    let erased = home.erase();
    assert_eq!((erased.files, erased.places), (holding, places), "{erased:?}");
}

#[test]
fn a_workbook_without_a_past_loses_the_person_too() {
    let (rig, erasure) = without_a_past();
    assert!(!rig.file("history").exists());
    let erased = rig.store.erase(&rig.folder, &erasure, now()).unwrap();
    assert_eq!(erased.unreached, Vec::<String>::new());
    assert!(!String::from_utf8(rig.bytes(paths::WORKBOOK)).unwrap().contains("Quillon"));
}

#[test]
fn a_past_that_cannot_be_listed_is_no_past_that_is_rewritten() {
    let mut said = Vec::new();
    for n in 0.. {
        let (rig, erasure) = without_a_past();
        std::fs::create_dir(rig.file("history")).unwrap();
        std::fs::copy(rig.file(paths::WORKBOOK), rig.file("history/20200101T000000Z-000001.ron")).unwrap();
        rig.disk.heal();
        if n > 0 {
            rig.disk.fail(Fault { at: n, calls: 1, error: 5, tear: false });
        }
        let done = rig.store.erase(&rig.folder, &erasure, now());
        let calls = rig.disk.calls();
        rig.disk.heal();
        if n >= calls.len() {
            break;
        }
        if let (Err(error), "list") = (done, calls[n]) {
            said.push(error.to_string());
            // the next opening does it
            rig.open();
            let version = rig.bytes("history/20200101T000000Z-000001.ron");
            assert!(!String::from_utf8(version).unwrap().contains("Quillon"), "call {n}");
        }
    }
    assert!(
        said.iter().any(|said| said.starts_with("could not list") && said.contains("history")),
        "{said:?}"
    );
}

#[test]
fn what_is_not_a_version_or_holds_more_than_we_know_is_named_and_stays_as_it_is() {
    let home = Home::folded();
    let whole = std::fs::read_to_string(home.folder.join(paths::WORKBOOK)).unwrap();
    let newer = format!("format: {}", FORMAT + 1);
    let with = [
        ("history/notes.txt", whole.clone()),
        ("history/20200101T000000Z-000001.ron", whole.replacen("seq:", "moon: 1, seq:", 1)),
        ("history/20200102T000000Z-000001.ron", whole.replacen(&format!("format: {FORMAT}"), &newer, 1)),
    ];
    for (name, text) in &with {
        std::fs::write(home.folder.join(name), text).unwrap();
    }
    let erased = home.erase();
    assert_eq!(erased.unreached.len(), with.len(), "{:#?}", erased.unreached);
    for (name, text) in &with {
        let path = erased.folder.join(name);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), *text, "{name}");
        assert!(erased.unreached.iter().any(|line| line.starts_with(&path.display().to_string())), "{name}");
    }
}

#[test]
fn a_version_of_an_older_format_and_one_with_the_name_beside_it_lose_the_name_and_any_other_stays() {
    let home = Home::folded();
    let whole = std::fs::read_to_string(home.folder.join(paths::WORKBOOK)).unwrap();
    let nobody = format::write_workbook(&Workbook::new(WorkbookId::new("w1"), "Walks"), 3, None).unwrap();
    let by_hand = format!("// as we had it\n{}", nobody.replace('\n', "\r\n"));
    for (name, text) in [
        ("20200101T000000Z-000001.ron", whole.replacen(&format!("format: {FORMAT}"), "format: 1", 1)),
        ("20200102T000000Z-000001.ron", format!("// ring {NAME}\n{nobody}")),
        ("20200103T000000Z-000001.ron", by_hand.clone()),
    ] {
        std::fs::write(home.folder.join("history").join(name), text).unwrap();
    }
    let erased = home.erase();
    assert_eq!((erased.unreached, home.holding()), (Vec::new(), Vec::new()));
    let kept = std::fs::read_to_string(erased.folder.join("history/20200103T000000Z-000001.ron")).unwrap();
    assert_eq!(kept, by_hand);
}

/// As where a power cut brings `erasing.ron` back.
#[test]
fn what_was_chosen_to_stay_stays_when_a_removal_is_finished_twice() {
    let mut workbook = Workbook::new(WorkbookId::new("w1"), "Walks");
    let hall = format!("{NAME}'s meeting is in the Zebedee hall");
    for edit in [
        Edit::AddPerson { person: Box::new(Person::named(person(), PartnerId::us(), NAME)), place: 0 },
        insert(TextPlace::Purpose, "Zebedee rang"),
        insert(ours(), &hall),
    ] {
        workbook.apply(edit).unwrap();
    }
    let mut traces = traces(&workbook, &person());
    for trace in &mut traces {
        trace.chosen = trace.kind != Kind::Part || trace.line == "Zebedee rang";
    }
    let erasure = Erasure::new(&workbook, &person(), traces).unwrap();
    let rig = Rig::of(&workbook);
    let erased = rig.store.erase(&rig.folder, &erasure, now()).unwrap();
    let text = || rig.read().book.workbook().text(&ours()).unwrap().to_owned();
    assert_eq!(text(), "[name removed]'s meeting is in the Zebedee hall");
    let marker = crate::notation::line(&erasure).unwrap();
    std::fs::write(erased.folder.join(paths::ERASING), marker).unwrap();
    let opened = rig.open();
    assert_eq!(opened.notices.len(), 1, "{:?}", opened.notices);
    assert_eq!(text(), "[name removed]'s meeting is in the Zebedee hall");
}

#[test]
fn a_list_that_has_the_name_only_in_a_folders_goes_too() {
    let home = Home::folded();
    let (mut book, mut keeper) = writing(home.store.open(&home.folder, at(300)).unwrap());
    let title = book.workbook().title().to_owned();
    let edit = Splice {
        place: TextPlace::Title,
        at: 0,
        delete: title,
        insert: "Walks".into(),
        on: Some(date(2025, 3, 14)),
    };
    keeper.take(&book.act(Edit::Splice(edit), at(301)).unwrap());
    keeper.fold().unwrap();
    drop(keeper);
    let (news, heard) = std::sync::mpsc::channel();
    home.store.workbooks().load(&news, &|| ());
    while !matches!(heard.recv().unwrap(), crate::store::LibraryNews::Done(_)) {}
    for cache in [home.store.folders().index(), home.store.folders().first()] {
        let text = std::fs::read_to_string(&cache).unwrap();
        assert!(text.contains("quillon-zebedee") && !text.contains(NAME), "{text}");
    }
    let erased = home.store.erase(&home.folder, &home.erasure(), now()).unwrap();
    assert_eq!(erased.unreached, Vec::<String>::new());
    assert_eq!(home.holding(), Vec::<PathBuf>::new());
}

#[test]
fn a_list_that_has_a_part_of_the_name_which_is_to_go_goes_too() {
    let mut workbook = Workbook::new(WorkbookId::new("w1"), "Zebedee walks");
    let whose = Person::named(person(), PartnerId::us(), NAME);
    workbook.apply(Edit::AddPerson { person: Box::new(whose), place: 0 }).unwrap();
    let mut traces = traces(&workbook, &person());
    traces.iter_mut().for_each(|trace| trace.chosen = true);
    let erasure = Erasure::new(&workbook, &person(), traces).unwrap();
    let rig = Rig::of(&workbook);
    let first = rig.store.folders().first();
    assert!(std::fs::read_to_string(&first).unwrap().contains("Zebedee walks"));
    let erased = rig.store.erase(&rig.folder, &erasure, now()).unwrap();
    assert_eq!(erased.folder.file_name().unwrap(), "walks-w1");
    assert!(std::fs::read_to_string(&first).is_ok_and(|text| !text.contains("Zebedee")) || !first.exists());
}

#[test]
fn a_folder_that_leads_back_to_itself_is_gone_through_a_few_times_and_no_more() {
    let (rig, erasure) = without_a_past();
    let root = rig.store.folders().root();
    std::fs::write(root.join("note.txt"), NAME).unwrap();
    std::os::unix::fs::symlink(root, root.join("again")).unwrap();
    let erased = rig.store.erase(&rig.folder, &erasure, now()).unwrap();
    let notes = erased.unreached.iter().filter(|line| line.contains("note.txt")).count();
    assert_eq!(notes, DEEP + 1, "{:#?}", erased.unreached);
}
