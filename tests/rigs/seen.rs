//! The interposed library sees every call: what `strace` saw of a visit that changes files, the library has noted too.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use crate::home::{Home, PROGRAM};
use crate::interposed::{Flaw, Interposed};

/// Every call that can change a file or a folder, by the name that the kernel gives it.
const CHANGING: &str = "open,openat,openat2,creat,write,writev,pwrite64,pwritev,pwritev2,fsync,fdatasync,sync_file_range,\
rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,rmdir,mkdir,mkdirat,mknod,mknodat,truncate,\
ftruncate,fallocate,chmod,fchmod,fchmodat,chown,fchown,lchown,fchownat,utimensat,setxattr,fsetxattr,copy_file_range,\
sendfile,splice,flock,msync,io_uring_setup";

#[test]
fn the_library_sees_every_call_that_changes_something() {
    let Some(rig) = Interposed::new(Home::with_workbook(), Flaw::None) else { return };
    let quiet = || Stdio::null();
    let tried =
        Command::new("strace").args(["-o", "/dev/null", "true"]).stdout(quiet()).stderr(quiet()).status();
    if !tried.is_ok_and(|ended| ended.success()) {
        println!("skipped: there is no strace here, or it is not allowed");
        return;
    }
    let out = rig.home.path("strace");
    let set: Vec<String> =
        rig.environment().iter().map(|(name, value)| format!("-E {name}='{}'", value.display())).collect();
    let script = format!(
        "exec strace -f -y -qq -s 8 -o '{}' -e trace={CHANGING} {} '{PROGRAM}' open 'Tactile guide'",
        out.display(),
        set.join(" ")
    );
    let mut window = rig.home.shell(&script).open();
    window.wait("COMMUNICATING").keys("g s enter").wait("TYPING").type_text("a ramp").wait("a ramp");
    window.keys("ctrl-s").wait("safe on disk").type_text(" and a bell").wait("and a bell");
    window
        .keys("esc J")
        .wait("Jot:")
        .type_text("ring")
        .wait("ring")
        .keys("enter")
        .wait("1 line kept")
        .keys("esc")
        .gone("Jot:");
    window.keys("g m").wait("COMMUNICATING").keys("q q").exited(0);

    let mut seen: BTreeMap<(String, String), i64> = BTreeMap::new();
    for call in rig.calls().iter().filter(|call| changes(call.name()) && !call.is_reading()) {
        *seen.entry((call.name().to_owned(), name_in(call.path()))).or_default() += 1;
    }
    let mut traced: BTreeMap<(String, String), i64> = BTreeMap::new();
    let root = rig.home.root().display().to_string();
    let log = std::fs::read_to_string(&out).unwrap();
    for line in log.lines().filter(|line| line.contains(&root)) {
        if let Some(call) = traced_call(line, &root) {
            *traced.entry(call).or_default() += 1;
        }
    }
    let all: i64 = traced.values().sum();
    println!(
        "strace saw {all} calls that change something, {} kinds; the library {}",
        traced.len(),
        seen.values().sum::<i64>()
    );
    assert!(all > 60, "strace saw too little:\n{log}");
    assert_eq!(traced, seen, "left what strace saw, right what the library saw");
}

/// A line of strace about one of our files: the call and the name of its file, both as the library would say it.
fn traced_call(line: &str, root: &str) -> Option<(String, String)> {
    let call = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let (name, args) = call.split_once('(')?;
    let name = match name {
        "openat" | "open" | "creat" => "open",
        "renameat" | "renameat2" => "rename",
        "linkat" => "link",
        "unlinkat" => "unlink",
        "mkdirat" => "mkdir",
        "fchmodat" => "chmod",
        "fchownat" | "lchown" => "chown",
        "pwrite64" => "pwrite",
        other => other,
    };
    if name == "open" && !["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"].iter().any(|flag| args.contains(flag))
    {
        return None;
    }
    // of two paths the second is the new one
    let args = args.split(" = ").next()?;
    let path = args.rsplit(root).next().filter(|_| args.contains(root))?;
    let path: String = path.chars().take_while(|c| !matches!(c, '"' | '>')).collect();
    Some((name.to_owned(), name_in(path.trim_start_matches('/'))))
}

/// The last part of a path, without the numbers of a temporary file.
fn name_in(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    match name.starts_with(".alongside-tmp-") && name.ends_with(|c: char| c.is_ascii_digit()) {
        true => name.rsplitn(3, '-').nth(2).unwrap().to_owned(),
        false if name.is_empty() || path == "." => ".".to_owned(),
        false => name.to_owned(),
    }
}

fn changes(name: &str) -> bool {
    !matches!(name, "read" | "close" | "posix_fallocate")
}
