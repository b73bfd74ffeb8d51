//! Takes the column boundaries of two tables, gives those that serve both.

/// How far the columns of `next` lie to the right of `own`.
pub(super) fn shift(own: &[f32], next: &[f32]) -> f32 {
    next.first().copied().unwrap_or_default() - own.first().copied().unwrap_or_default()
}

/// The boundaries that serve both tables, in the coordinates of the first: all of one must be among those of the
/// other. `None` where the tables have different columns.
pub(super) fn common_bounds(own: &[f32], next: &[f32], same: f32) -> Option<Vec<f32>> {
    let shift = shift(own, next);
    let moved: Vec<f32> = next.iter().map(|x| x - shift).collect();
    let within = |few: &[f32], many: &[f32]| {
        few.iter().all(|x| many.iter().any(|y| (x - y).abs() <= same))
            && few.last().zip(many.last()).is_some_and(|(x, y)| (x - y).abs() <= same)
    };
    if own.len() >= moved.len() && within(&moved, own) {
        Some(own.to_vec())
    } else if within(own, &moved) {
        Some(moved)
    } else {
        None
    }
}
