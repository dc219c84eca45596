//! Floor 5: the only code that owns a terminal. Not built yet.

use crate::cli::Start;

/// Opens the screen.
///
/// # Errors
/// Always, until it is built.
pub fn run(_start: Start) -> anyhow::Result<()> {
    Err(anyhow::anyhow!("the screen is not built yet"))
}
