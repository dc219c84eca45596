use std::sync::Arc;

use super::super::RealDisk;
use super::super::fault::{Fault, FaultyDisk};
use super::*;

fn disk() -> (FaultyDisk, tempfile::TempDir) {
    (FaultyDisk::new(Arc::new(RealDisk)).pretending_to_sync(), tempfile::tempdir().unwrap())
}

/// Makes the first call of that name fail, so many times.
fn fail(disk: &FaultyDisk, call: &str, calls: usize, error: i32) {
    let rehearsal = tempfile::tempdir().unwrap();
    disk.heal();
    under_a_new_name(disk, &rehearsal.path().join("file"), b"new").unwrap();
    let at = disk.calls().iter().position(|name| *name == call).unwrap();
    disk.fail(Fault { at, calls, error, tear: false });
}

#[test]
fn a_temporary_name_that_is_taken_is_passed_by() {
    let (disk, dir) = disk();
    // as a killed one with our number left it
    fail(&disk, "create_new", 1, 17);
    under_a_new_name(&disk, &dir.path().join("file"), b"new").unwrap();
    assert_eq!(std::fs::read(dir.path().join("file")).unwrap(), b"new");
}

#[test]
fn a_temporary_file_that_cannot_be_made_is_not_tried_under_other_names() {
    let (disk, dir) = disk();
    fail(&disk, "create_new", usize::MAX, 28);
    let error = under_a_new_name(&disk, &dir.path().join("file"), b"new").unwrap_err();
    assert!(error.to_string().contains("the disk is full"), "{error}");
    assert_eq!(disk.calls().iter().filter(|call| **call == "create_new").count(), 1);
}

#[test]
fn only_a_name_that_is_taken_is_said_to_be_there() {
    let (disk, dir) = disk();
    let path = dir.path().join("file");
    fail(&disk, "rename_new", 1, 28);
    let error = under_a_new_name(&disk, &path, b"new").unwrap_err();
    assert!(error.to_string().contains("the disk is full"), "{error}");
    fail(&disk, "rename_new", 1, 17);
    let error = under_a_new_name(&disk, &path, b"new").unwrap_err();
    assert!(matches!(error, StoreError::AlreadyThere { .. }), "{error}");
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "nothing is left behind");
}
