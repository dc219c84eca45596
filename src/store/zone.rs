//! The time zone of this computer, in one small read.
//!
//! The time library would look through the names of all the world's zones first, which takes longer than everything else
//! that the program does before its first frame.

use std::path::Path;

use jiff::tz::TimeZone;

use super::Store;

/// Where Unix systems keep the zone they are in.
const LOCAL: &str = "/etc/localtime";

impl Store {
    /// The time zone of this computer. `named` is what the environment asks for (`TZ`), if anything: then, and where the
    /// system keeps its zone elsewhere, the time library finds it in its own way.
    pub fn zone(&self, named: Option<&str>) -> TimeZone {
        if named.is_some_and(|name| !name.is_empty()) {
            return TimeZone::system();
        }
        let local = self.disk().read(Path::new(LOCAL)).ok();
        local.and_then(|bytes| TimeZone::tzif("Local", &bytes).ok()).unwrap_or_else(TimeZone::system)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Rig;

    #[test]
    fn a_zone_that_is_named_by_nothing_is_not_named() {
        let rig = Rig::new();
        for (named, looks) in [(None, true), (Some(""), true), (Some("UTC"), false)] {
            rig.disk.heal();
            rig.store.zone(named);
            assert_eq!(rig.disk.calls().contains(&"read"), looks, "{named:?}");
        }
    }
}
