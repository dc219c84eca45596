# What is done often. `just` alone shows it all; every line can be typed without just as well.

# show what there is
default:
    @just --list

# what every change has to pass, apart from the tests
check:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings

# all tests
test:
    cargo test

# write snapshots, docs/KEYS.md and the README's pictures anew; look at the difference afterwards
snap:
    ALONGSIDE_BLESS=1 cargo test --test tidy
    INSTA_UPDATE=always cargo test
    git diff --stat

# how fast it is
bench:
    cargo bench

# open it
run:
    cargo run --release

# every rig in its full size, on a release build: hours. A folder in which something failed is kept, and named
torture:
    ALONGSIDE_TORTURE=1 cargo test --release --lib --test properties --test rigs --test e2e -- --nocapture
