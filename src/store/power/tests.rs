//! The power is cut at every moment of many visits. Whatever is left on the disk: what was called saved is there, the
//! workbook is whole, and everything can be undone.
//!
//! `ALONGSIDE_TRIALS` says how many states are to be tried; `ALONGSIDE_SEED` with which visit to begin.

use std::collections::HashMap;

use super::super::keep::Keeper;
use super::super::testing::{at, ours, type_in, undo_all, writing};
use super::super::{Folders, Jot, Store};
use super::*;
use crate::domain::random::{What, Wish, edit_of};
use crate::domain::{Book, IdSource, Record, Workbook, WorkbookId};
use crate::testing::chance::{seed, trials};

/// What had been called saved at some moment.
#[derive(Debug, Clone, Default)]
struct Claim {
    /// The workbook's folder is there, with everything up to this record.
    synced: Option<u64>,
    /// Words of jots that were noted.
    jots: Vec<String>,
    /// So many documents were exported, each over the one before.
    exports: usize,
}

/// Where documents are exported to.
const EXPORT: &str = "/disk/walk.md";

/// What a visit did and claimed.
struct Visit {
    claims: Vec<Claim>,
    /// The workbook after each record.
    known: Vec<Workbook>,
    exported: Vec<String>,
    moments: Vec<Moment>,
}

fn start() -> Workbook {
    Workbook::new(WorkbookId::new("w1"), "The walk")
}

fn store_on(disk: &PowerDisk) -> Store {
    Store::with_disk(Folders::at("/disk/settings/alongside"), Arc::new(disk.clone()))
}

/// Two or three sessions of somebody who writes, undoes, jots and exports, on a disk with a flaw or none.
struct Person {
    disk: PowerDisk,
    store: Store,
    chance: Chance,
    claims: Vec<Claim>,
    known: Vec<Workbook>,
    exported: Vec<String>,
    ids: IdSource,
}

impl Person {
    fn new(seed: u64, flaw: Flaw) -> Self {
        let disk = PowerDisk::new(flaw);
        let store = store_on(&disk);
        let chance = Chance::new(seed);
        let claims = vec![Claim::default()];
        let (known, exported) = (vec![start()], Vec::new());
        Self { disk, store, chance, claims, known, exported, ids: IdSource::new(seed) }
    }

    fn claim(&mut self, add: impl FnOnce(&mut Claim)) {
        let mut claim = self.claims.last().unwrap().clone();
        add(&mut claim);
        self.claims.push(claim);
        self.disk.claim(self.claims.len() as u64 - 1);
    }

    fn visit(mut self) -> Visit {
        let home = Path::new("/disk");
        self.disk.make_folder(home).unwrap();
        self.disk.settle();
        self.disk.note_moments(0);
        self.store.workbooks().create(&start(), at(0)).unwrap();
        self.claim(|claim| claim.synced = Some(0));
        for session in 0..2 + self.chance.pick(2) {
            self.session(session);
        }
        let Self { disk, claims, known, exported, .. } = self;
        Visit { claims, known, exported, moments: disk.moments() }
    }

    fn session(&mut self, session: usize) {
        let folder = self.store.workbooks().folder_of(start().id()).unwrap();
        let opened = self.store.open(&folder, at(session as i64 * 1000)).unwrap();
        assert_eq!(opened.recovered, 0);
        let (mut book, mut keeper) = writing(opened);
        for _ in 0..4 + self.chance.pick(8) {
            let records = self.records(&mut book);
            keeper.take(&records);
            keeper.flush().unwrap();
            match self.chance.pick(9) {
                0 | 1 => keeper.sync().unwrap(),
                2 => keeper.fold().unwrap(),
                3 => self.jot(),
                4 => self.export(&book),
                5 => keeper.keep_place(&Default::default()).unwrap(),
                6 => self.sync_beside(&mut book, &mut keeper),
                _ => {}
            }
            let synced = keeper.synced();
            self.claim(|claim| claim.synced = Some(synced));
        }
        keeper.fold().unwrap();
        keeper.note_in_library();
        let synced = keeper.synced();
        assert_eq!(synced as usize, self.known.len() - 1);
        self.claim(|claim| claim.synced = Some(synced));
    }

    /// Goes on writing while a sync is under way: what came after it began is not called safe.
    fn sync_beside(&mut self, book: &mut Book, keeper: &mut Keeper) {
        let Some(syncing) = keeper.begin_sync().unwrap() else { return };
        let records = self.records(book);
        keeper.take(&records);
        keeper.flush().unwrap();
        keeper.end_sync(syncing.done()).unwrap();
    }

    /// Does something, and remembers the workbook after each record of it.
    fn records(&mut self, book: &mut Book) -> Vec<Record> {
        let mut replayed = book.clone();
        let records = match self.chance.pick(10) {
            0 => book.undo(at(90)).map(|(record, _)| record).into_iter().collect(),
            1 => book.redo(at(90)).map(|(record, _)| record).into_iter().collect(),
            2..=5 => {
                let n = [(); 4].map(|()| self.chance.pick(256) as u8);
                let what = What::ALL[self.chance.pick(What::ALL.len())];
                let wish = Wish { what, n, text: "so\n\"é".to_owned() };
                edit_of(&wish, book.workbook())
                    .and_then(|edit| book.act(edit, at(60)).ok())
                    .unwrap_or_default()
            }
            _ => {
                let length = self.chance.pick(20);
                let ends = ["", "\n", "\u{e9}", "\""][self.chance.pick(4)];
                type_in(book, &format!("{}{ends}", self.chance.words(length)))
            }
        };
        for record in &records {
            replayed.replay(record).unwrap();
            self.known.push(replayed.workbook().clone());
        }
        assert_eq!(self.known.last().unwrap(), book.workbook());
        records
    }

    fn jot(&mut self) {
        let text = format!("jot {}", self.claims.len());
        self.store.inbox().add(&Jot::new(at(5), text.clone()), &self.ids).unwrap();
        self.claim(|claim| claim.jots.push(text));
    }

    fn export(&mut self, book: &Book) {
        let text = book.workbook().text(&ours()).unwrap().to_owned();
        self.exported.push(text.clone());
        self.store.write_new(Path::new(EXPORT), text.as_bytes(), true).unwrap();
        self.claim(|claim| claim.exports += 1);
    }
}

/// Opens what is left and holds it against what was claimed: twice, where what was put in order is to be looked at too.
/// What is wrong, where something is.
fn held(disk: &PowerDisk, claim: &Claim, visit: &Visit, twice: bool) -> Result<(), String> {
    let Visit { known, exported, .. } = visit;
    let store = store_on(disk);
    let library = store.workbooks();
    let listed = if twice { library.entries().map_err(|e| e.to_string())? } else { Vec::new() };
    for entry in listed {
        if let Some(trouble) = &entry.trouble {
            return Err(format!("in the library: {trouble:?}"));
        }
    }
    if let Some(synced) = claim.synced {
        let folder = library.folder_of(start().id()).ok_or("the workbook's folder is gone")?;
        for again in [false, true].into_iter().filter(|again| twice || !again) {
            let opened = store.open(&folder, at(9000)).map_err(|e| e.to_string())?;
            let (book, mut keeper) = writing(opened);
            if book.seq() < synced {
                return Err(format!("record {synced} was called saved, and {} is the last", book.seq()));
            }
            if known.get(book.seq() as usize) != Some(book.workbook()) {
                return Err(format!("the workbook at record {} is another (again: {again})", book.seq()));
            }
            let mut back = book.clone();
            undo_all(&mut back);
            if *back.workbook() != start() {
                return Err(format!("not all can be undone at record {} (again: {again})", book.seq()));
            }
            if twice {
                keeper.fold().map_err(|e| e.to_string())?;
            }
        }
    }
    let jots = store.inbox().list().map_err(|e| e.to_string())?;
    let there: Vec<&str> = jots.iter().filter_map(|jot| Some(&*jot.jot.as_ref().ok()?.text)).collect();
    if let Some(gone) = claim.jots.iter().find(|text| !there.contains(&text.as_str())) {
        return Err(format!("{gone:?} was noted, and there are {there:?}"));
    }
    // the last that was called written, or one that was being written over it
    let whole = &exported[claim.exports.saturating_sub(1)..];
    match disk.read(Path::new(EXPORT)) {
        Ok(bytes) if whole.iter().any(|text| text.as_bytes() == bytes) => Ok(()),
        Err(_) if claim.exports == 0 => Ok(()),
        there => Err(format!("the document is not whole: {there:?}")),
    }
}

/// Cuts the power `cuts` times at every moment of the visit of a seed. What was looked at, or what was wrong with the first
/// that was.
fn trial(seed: u64, flaw: Flaw, cuts: usize) -> Result<Looked, String> {
    let visit = Person::new(seed, flaw).visit();
    let mut looked = Looked::default();
    for (n, moment) in visit.moments.iter().enumerate() {
        for cut in 0..cuts {
            let mut chance = Chance::new(seed ^ ((n as u64) << 20) ^ ((cut as u64) << 44));
            let disk = PowerDisk::after_a_cut(moment, &mut chance);
            let again = chance.pick(8) == 0;
            if again {
                disk.note_moments(0);
            }
            let held = looked.at(&disk, moment.claim, &visit, again);
            held.map_err(|(wrong, files)| said(seed, n, cut, &wrong, &files))?;
            if again {
                // and once more, while what was left behind was put in order
                let moments = disk.moments();
                let second = PowerDisk::after_a_cut(&moments[chance.pick(moments.len())], &mut chance);
                let held = looked.at(&second, moment.claim, &visit, true);
                held.map_err(|(wrong, files)| said(seed, n, cut, &format!("cut again: {wrong}"), &files))?;
            }
        }
    }
    Ok(looked)
}

/// What was looked at.
#[derive(Debug, Default)]
struct Looked {
    /// How many states, the same ones each time they came up.
    states: usize,
    /// Those that were held against a claim, each with the last claim: claims only grow, so it holds what came before too.
    known: HashMap<Files, u64>,
    different: usize,
}

type Files = Vec<(PathBuf, Vec<u8>)>;

impl Looked {
    fn at(
        &mut self,
        disk: &PowerDisk,
        claim: u64,
        visit: &Visit,
        twice: bool,
    ) -> Result<(), (String, Files)> {
        self.states += 1;
        let files = disk.files();
        let known = self.known.get(&files).copied();
        if known.is_some_and(|last| last >= claim) && !twice {
            return Ok(());
        }
        self.different += usize::from(known.is_none());
        match held(disk, &visit.claims[claim as usize], visit, twice) {
            Ok(()) => drop(self.known.insert(files, claim)),
            Err(wrong) => return Err((wrong, files)),
        }
        Ok(())
    }
}

fn said(seed: u64, moment: usize, cut: usize, wrong: &str, files: &[(PathBuf, Vec<u8>)]) -> String {
    let files: String = files
        .iter()
        .map(|(path, bytes)| format!("--- {}\n{}\n", path.display(), String::from_utf8_lossy(bytes)))
        .collect();
    format!("seed {seed}, moment {moment}, cut {cut}: {wrong}\n{files}")
}

#[test]
fn whatever_a_power_cut_leaves_what_was_called_saved_is_there() {
    let wanted = trials(100_000, 1_000_000);
    let first = seed();
    let (mut states, mut different, mut visits) = (0, 0, 0);
    while states < wanted {
        let looked = trial(first + visits, Flaw::None, 40).unwrap_or_else(|wrong| panic!("{wrong}"));
        states += looked.states;
        different += looked.different;
        visits += 1;
    }
    println!(
        "{states} power cuts ({different} different disks) in {visits} visits: nothing that was called saved is lost"
    );
}

/// The trials can fail: each flaw is found.
#[test]
fn a_disk_or_a_save_that_is_not_as_it_should_be_is_noticed() {
    for flaw in [Flaw::NoSync, Flaw::NoFolderSync, Flaw::InPlace] {
        let found = (1..40).any(|seed| trial(seed, flaw, 4).is_err());
        assert!(found, "{flaw:?} was not noticed");
    }
}
