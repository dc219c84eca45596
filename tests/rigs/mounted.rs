//! Disks of a test's own, mounted where its home keeps everything, and gone with the test however it ends. Only the
//! administrator may make them, and only on Linux; elsewhere a line says so.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use crate::home::Home;
use crate::interposed::compiled;
use crate::window::SPAWNING;

/// How long a disk may be busy after the program on it has gone.
const BUSY: Duration = Duration::from_secs(5);

/// A disk in memory.
pub struct Tmpfs(PathBuf);

impl Tmpfs {
    /// With options such as `size=256k`.
    pub fn mount(home: &Home, options: &str) -> Option<Self> {
        let at = home.root();
        std::fs::create_dir_all(&at).unwrap();
        let options = format!("mode=0700,{options}");
        let mounted = may_mount() && run("mount", &["-t", "tmpfs", "-o", &options, "alongside-rig"], &[&at]);
        mounted.then_some(Self(at)).or_else(skipped)
    }

    /// Takes all the room there is.
    pub fn fill(&self) {
        use std::io::Write;
        let mut file =
            std::fs::File::options().create(true).append(true).open(self.0.join("filler")).unwrap();
        while file.write_all(&[0; 512]).is_ok() {}
    }

    /// Takes all the room there is but so many bytes.
    pub fn leave(&self, bytes: u64) {
        use std::io::Write;
        let room = rustix::fs::statvfs(&self.0).unwrap();
        let taken = (room.f_bavail * room.f_frsize).saturating_sub(bytes);
        // a disk that is as large as memory is not filled
        if taken < 16 << 20 {
            let mut file = std::fs::File::create(self.0.join("filler")).unwrap();
            file.write_all(&vec![0; taken as usize]).unwrap();
        }
    }

    /// Takes all the names there are.
    pub fn fill_names(&self) {
        let folder = self.0.join("fillers");
        std::fs::create_dir(&folder).unwrap();
        let mut names = 0..100_000;
        while names.next().is_some_and(|n| std::fs::File::create(folder.join(n.to_string())).is_ok()) {}
        assert!(names.start < 100_000, "there is no end of names");
    }

    /// Gives room and names back.
    pub fn empty(&self) {
        let _ = std::fs::remove_file(self.0.join("filler"));
        let _ = std::fs::remove_dir_all(self.0.join("fillers"));
    }
}

impl Drop for Tmpfs {
    fn drop(&mut self) {
        run("umount", &["-l"], &[&self.0]);
    }
}

/// A file with ext4 in it.
pub struct Ext4 {
    image: PathBuf,
    at: PathBuf,
    options: String,
    mounted: bool,
}

impl Ext4 {
    /// 32 MiB, with options such as `data=writeback`.
    pub fn mount(home: &Home, options: &str) -> Option<Self> {
        let (image, at) = (home.path("disk.img"), home.root());
        std::fs::create_dir_all(&at).unwrap();
        std::fs::File::create(&image).unwrap().set_len(32 << 20).unwrap();
        let mut disk = Self { image, at, options: format!("loop,{options}"), mounted: false };
        let made = may_mount() && run("mkfs.ext4", &["-q", "-F"], &[&disk.image]);
        if !made || !disk.mount_again() {
            return skipped();
        }
        // as the program makes its folder
        std::fs::set_permissions(&disk.at, std::fs::Permissions::from_mode(0o700)).unwrap();
        Some(disk)
    }

    fn mount_again(&mut self) -> bool {
        self.mounted = run("mount", &["-t", "ext4", "-o", &self.options], &[&self.image, &self.at]);
        self.mounted
    }

    /// Cuts the power. `false`, with a printed line, where this system cannot.
    pub fn cut(&self) -> bool {
        let Some(program) = compiled("shutdown.c", &[]) else { return false };
        let cut = run(program.to_str().unwrap(), &[], &[&self.at]);
        if !cut {
            println!("skipped: the power of this file system cannot be cut here");
        }
        cut
    }

    /// The power comes back.
    pub fn come_back(&mut self) {
        let until = Instant::now() + BUSY;
        while !run("umount", &[], &[&self.at]) {
            assert!(Instant::now() < until, "the disk stays busy");
            std::thread::sleep(Duration::from_millis(5));
        }
        self.mounted = false;
        assert!(self.mount_again(), "the disk does not come back");
    }

    /// Lets the system find an error in it, after which it can only be read. `false` where that cannot be done here.
    pub fn fail(&self) -> bool {
        let found = ran("findmnt", &["-n", "-o", "SOURCE"], &[&self.at]);
        let source =
            found.map(|out| String::from_utf8_lossy(&out.stdout).trim().to_owned()).unwrap_or_default();
        let name = source.rsplit('/').next().unwrap_or_default().to_owned();
        std::fs::write(format!("/sys/fs/ext4/{name}/trigger_fs_error"), "tried").is_ok()
    }
}

impl Drop for Ext4 {
    fn drop(&mut self) {
        // the loop device goes with the last user of it
        if self.mounted && !run("umount", &[], &[&self.at]) {
            run("umount", &["-l"], &[&self.at]);
        }
    }
}

/// The home's folder, as a place of its own that can only be read from now on.
pub struct ReadOnly(PathBuf);

impl ReadOnly {
    pub fn mount(at: &Path) -> Option<Self> {
        if !may_mount() || !run("mount", &["--bind"], &[at, at]) {
            return skipped();
        }
        let bound = Self(at.to_owned());
        run("mount", &["-o", "remount,ro,bind"], &[at]).then_some(bound).or_else(skipped)
    }
}

impl Drop for ReadOnly {
    fn drop(&mut self) {
        run("umount", &["-l"], &[&self.0]);
    }
}

fn may_mount() -> bool {
    cfg!(target_os = "linux") && rustix::process::geteuid().is_root()
}

fn skipped<T>() -> Option<T> {
    println!("skipped: no disk can be mounted here; that takes the administrator, on Linux");
    None
}

/// Runs a program and says whether it did what it was to do.
pub fn run(program: &str, args: &[&str], paths: &[&Path]) -> bool {
    ran(program, args, paths).is_some_and(|ended| ended.status.success())
}

fn ran(program: &str, args: &[&str], paths: &[&Path]) -> Option<Output> {
    let guard = SPAWNING.lock().unwrap_or_else(PoisonError::into_inner);
    let ended = Command::new(program).args(args).args(paths).output();
    drop(guard);
    ended.ok()
}
