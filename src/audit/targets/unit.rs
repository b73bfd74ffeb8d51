//! Whether units contradict each other.

use crate::audit::subject::plain;

/// Whether two units are of one dimension, or one says more than the other (日 and 日間, 人 and 延べ人).
pub(super) fn agree(a: &str, b: &str) -> bool {
    let (a, b) = (dimension(a), dimension(b));
    a.contains(&b) || b.contains(&a)
}

/// Whether figures in both units can be held against each other as they are printed: one dimension, one scale.
pub(super) fn comparable(a: &str, b: &str) -> bool {
    // 千円 and 百万円 agree and still cannot be compared digit by digit; ポイント and % can.
    let scale =
        |unit: &str| -> String { plain(unit).chars().filter(|c| "十百千万億割分".contains(*c)).collect() };
    agree(a, b) && scale(a) == scale(b)
}

/// What a unit measures: units of one dimension do not contradict each other.
fn dimension(unit: &str) -> String {
    const SAME: [&[&str]; 5] = [
        &["人", "名", "千人", "万人"],
        &["か所", "カ所", "ヶ所", "ケ所", "ヵ所", "箇所", "ヵ處"],
        &["%", "ポイント", "pt", "割", "パーセント"],
        &["時間", "h", "分"],
        &["円", "千円", "百万円", "万円", "億円"],
    ];
    let unit = plain(unit);
    // A share or a change may be given per something: what stands after the stroke is no dimension of its own.
    let head = unit.split('/').next().unwrap_or_default();
    let found = SAME.iter().find(|names| names.contains(&head)).and_then(|names| names.first());
    found.map_or_else(|| head.to_owned(), |name| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_one_dimension_do_not_contradict() {
        assert!(agree("人", "名"));
        assert!(agree("％", "%"));
        assert!(agree("千円", "百万円"));
        assert!(agree("人/年", "延べ人"));
        assert!(!agree("%", "人"));
        assert!(comparable("％", "ポイント") && comparable("時間/月", "時間"));
        assert!(!comparable("千円", "百万円") && !comparable("人", "千人") && !comparable("時間", "分"));
    }
}
