//! Takes the stretches between rulings of equal extent, finds the blanks between two tables of one width among them: one
//! that is too narrow for a row, between rows of different numbers of entries.

use super::frame::{Band, Content};
use super::scene::Scene;

/// Rows of one table are so many at least.
const LEAST_ROWS: usize = 2;

/// What stands beside a seam.
#[derive(Debug, Clone, Copy, Default)]
struct Part {
    /// Bands with several entries.
    rows: usize,
    /// Most entries of a line.
    widest: usize,
}

/// Makes the bands between two tables such as part them.
pub(super) fn part(scene: &Scene, bands: &mut [Band]) {
    for seam in 1..bands.len() {
        if !is_narrow(bands, seam) {
            continue;
        }
        let (before, after) = bands.split_at(seam);
        let above = survey(scene, before.iter().rev());
        let below = survey(scene, after.iter().skip(1));
        let tables = above.rows >= LEAST_ROWS && below.rows >= LEAST_ROWS;
        if tables
            && above.widest != below.widest
            && let Some(band) = bands.get_mut(seam)
        {
            band.content = Content::Prose;
        }
    }
}

/// Whether the band is blank and lower than a line of the text around it.
fn is_narrow(bands: &[Band], at: usize) -> bool {
    let size = |band: Option<&Band>| band.and_then(|band| band.strips.first()).map(|strip| strip.size);
    let around = size(at.checked_sub(1).and_then(|before| bands.get(before))).zip(size(bands.get(at + 1)));
    let band = bands.get(at).filter(|band| band.content == Content::Empty);
    band.zip(around).is_some_and(|(band, (above, below))| band.y.length() < above.min(below))
}

/// The rows next to a seam, up to what is none.
fn survey<'b>(scene: &Scene, bands: impl Iterator<Item = &'b Band>) -> Part {
    let rows = bands.take_while(|band| band.content == Content::Entries);
    rows.fold(Part::default(), |part, band| {
        let entries = band.strips.iter().map(|strip| strip.phrases(&scene.tokens, scene.space).len());
        Part { rows: part.rows + 1, widest: entries.chain([part.widest]).max().unwrap_or(0) }
    })
}

#[cfg(test)]
mod tests {
    use crate::geom::Axis;
    use crate::layout::made::Made;

    #[test]
    fn a_narrow_blank_parts_rows_of_years_from_labels_with_values() {
        let mut page = Made::page();
        let years = [
            ["年度", "令和４年度", "令和５年度"],
            ["計画", "仕様検討", "運用開始"],
            ["実績", "仕様検討", "構築に着手"],
        ];
        let told = [
            ["担当課", "総務課、会計課、財政課及び市民課"],
            ["取組状況", "電子決裁システムの運用を開始し、研修を行った。"],
            ["方向性", "財務会計システムとの連携を進める。"],
        ];
        page = page.line(Axis::Horizontal, 98.0, 48.0, 500.0).line(Axis::Horizontal, 164.0, 48.0, 500.0);
        for (row, (upper, lower)) in (0_u8..).zip(years.into_iter().zip(told)) {
            let y = 100.0 + 20.0 * f32::from(row);
            page = page.line(Axis::Horizontal, y + 16.0, 48.0, 500.0).line(Axis::Horizontal, y + 82.0, 48.0, 500.0);
            for (x, text) in [50.0, 200.0, 350.0].into_iter().zip(upper) {
                page = page.text(x, y + 3.0, text);
            }
            for (x, text) in [50.0, 150.0].into_iter().zip(lower) {
                page = page.text(x, y + 69.0, text);
            }
        }
        let cells = page.read();
        for cell in ["[3x3]", "1,1 仕様検討", "2,2 構築に着手"] {
            assert!(cells.contains(&cell.to_owned()), "{cell}: {cells:?}");
        }
    }
}
