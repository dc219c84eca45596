//! Counting in cells of the screen.

/// Further than any screen reaches. Whatever is counted stops here, so that the sum of a few such counts is still a
/// number of cells: a name of a hundred thousand letters may be pasted where one of ten was meant.
pub const FAR: u16 = u16::MAX / 8;

/// So many rows or columns, and [`FAR`] for more.
pub fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(FAR).min(FAR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_of_the_furthest_are_still_a_number_of_cells() {
        assert_eq!([cells(0), cells(80), cells(usize::from(FAR) + 1)], [0, 80, FAR]);
        assert_eq!([cells(usize::from(u16::MAX) + 2), cells(usize::MAX)], [FAR, FAR]);
        assert!(cells(usize::MAX).checked_mul(8).is_some());
    }
}
