//! The time zone of this computer, in one small read.
//!
//! The time library would look through the names of all the world's zones first, which takes longer than everything else
//! that the program does before its first frame.

use std::path::{Component, Path};

use jiff::tz::TimeZone;

use super::Store;

/// Where Unix systems keep the zone they are in.
const LOCAL: &str = "/etc/localtime";
/// Where they keep all zones, by their names.
const ZONES: &str = "/usr/share/zoneinfo";

impl Store {
    /// The time zone of this computer. `named` is what the environment asks for (`TZ`), if anything. Where what is asked for
    /// is not found in one read, the time library finds it in its own way.
    pub fn zone(&self, named: Option<&str>) -> TimeZone {
        let read = |path: &Path, name: &str| {
            let bytes = self.disk().read(path).ok()?;
            TimeZone::tzif(name, &bytes).ok()
        };
        let found = match named.map(|name| name.trim_start_matches(':')).filter(|name| !name.is_empty()) {
            Some(name) if is_plain(name) => read(&Path::new(ZONES).join(name), name),
            Some(_) => None,
            None => read(Path::new(LOCAL), "Local"),
        };
        found.unwrap_or_else(TimeZone::system)
    }
}

/// Whether a name stays below the folder that it is looked for in.
fn is_plain(name: &str) -> bool {
    Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use jiff::Timestamp;

    use super::super::{Disk, Folders, Store};
    use super::is_plain;
    use crate::store::power::{Flaw, PowerDisk};

    /// The file of a zone that is so many hours ahead, all the year round.
    fn zone_file(hours: i8) -> Vec<u8> {
        let block = |version: &[u8]| {
            let mut block = [b"TZif", version, &[0; 15]].concat();
            // no leap seconds and no changes: one kind of time, its name has four bytes
            block.extend([0_u32, 0, 0, 0, 1, 4].iter().flat_map(|count| count.to_be_bytes()));
            block.extend((i32::from(hours) * 3600).to_be_bytes());
            block.extend([0, 0]);
            block.extend(b"HER\0");
            block
        };
        let footer = format!("\nHER{}\n", -hours);
        [block(b"2"), block(b"2"), footer.into_bytes()].concat()
    }

    #[test]
    fn the_zone_is_the_one_of_the_computer_or_the_one_that_is_named() {
        let disk = PowerDisk::new(Flaw::None);
        let put = |path: &str, hours| {
            let path = Path::new(path);
            for folder in path.parent().unwrap().ancestors().collect::<Vec<_>>().into_iter().rev() {
                // some are there already
                let _ = disk.make_folder(folder);
            }
            disk.create_new(path).unwrap().write(&zone_file(hours)).unwrap();
        };
        put("/etc/localtime", 3);
        put("/usr/share/zoneinfo/Far/Away", 11);
        let store = Store::with_disk(Folders::at("/kept"), Arc::new(disk));
        let hours = |named| store.zone(named).to_offset(Timestamp::UNIX_EPOCH).seconds() / 3600;
        assert_eq!(hours(None), 3);
        assert_eq!(hours(Some("")), 3);
        assert_eq!(hours(Some("Far/Away")), 11);
        assert_eq!(hours(Some(":Far/Away")), 11);
    }

    #[test]
    fn a_name_leads_nowhere_else() {
        assert!(is_plain("Europe/London") && is_plain("UTC"));
        assert!(!is_plain("../../etc/passwd") && !is_plain("/etc/passwd") && !is_plain("Europe/../../x"));
    }
}
