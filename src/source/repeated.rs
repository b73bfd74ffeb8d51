//! Takes the rows of a table whose converter wrote each merged cell once for every row and column that it covers, gives
//! them with its text where the cell begins and blanks where it goes on.

use super::kind::Kind;

/// Fewer letters are no name of something.
const FEWEST_LETTERS: usize = 2;
/// So many cells with one text are one cell; two may be a heading and its value.
const FEWEST_CELLS: usize = 3;

/// Blanks the cells that repeat a merged one; gives the texts that it took out.
pub(super) fn fold(rows: &mut [Vec<String>]) -> Vec<String> {
    let mut taken = Vec::new();
    let head = fold_head(rows, &mut taken);
    let mut above: Option<Vec<String>> = None;
    for row in rows.iter_mut().skip(head) {
        if is_one_cell(row) {
            row.iter_mut().skip(1).for_each(|text| take(text, &mut taken));
            above = None;
            continue;
        }
        let written = row.clone();
        let same = above.as_ref().map_or(0, |above| repeats(above, row));
        row.iter_mut().take(same).for_each(|text| take(text, &mut taken));
        above = Some(written);
    }
    taken
}

fn take(text: &mut String, taken: &mut Vec<String>) {
    if !text.is_empty() {
        taken.push(std::mem::take(text));
    }
}

/// A heading between rows: the same words in all columns.
fn is_one_cell(row: &[String]) -> bool {
    let first = row.first().map_or("", String::as_str);
    row.len() >= FEWEST_CELLS && is_name(first) && row.iter().all(|text| text == first)
}

/// How many cells at the left repeat those above: they name what both rows belong to. A row that says nothing else is no
/// part of the one above.
fn repeats(above: &[String], row: &[String]) -> usize {
    let same = above.iter().zip(row).take_while(|(above, text)| above == text).count();
    if same == row.len() {
        return 0;
    }
    // The last of them is a name: values may be equal by chance.
    row.iter().take(same).rposition(|text| is_name(text)).map_or(0, |at| at + 1)
}

/// Whether `text` names something: a value, a grade, a number do not.
fn is_name(text: &str) -> bool {
    Kind::of(text).is_words() && text.chars().filter(|c| c.is_alphabetic()).count() >= FEWEST_LETTERS
}

/// Blanks what the first two rows repeat of headings that reach over columns or rows; gives the number of head rows.
fn fold_head(rows: &mut [Vec<String>], taken: &mut Vec<String>) -> usize {
    let [head, below, ..] = rows else { return rows.len().min(1) };
    if is_one_cell(head) {
        return 0;
    }
    let is_run = |c: usize| c > 0 && head.get(c).is_some_and(|text| !text.is_empty() && head.get(c - 1) == Some(text));
    let runs: Vec<bool> = (0..head.len()).map(is_run).collect();
    let in_run = |c: usize| runs.get(c) == Some(&true) || runs.get(c + 1) == Some(&true);
    // The second row divides the runs and repeats the other headings, or leaves them blank.
    let pairs = || head.iter().zip(below.iter()).enumerate();
    let divides = pairs().filter(|(c, _)| in_run(*c)).all(|(_, (head, below))| !below.is_empty() && below != head);
    let stays = pairs().filter(|(c, _)| !in_run(*c)).all(|(_, (head, below))| below.is_empty() || below == head);
    if !runs.contains(&true) || !divides || !stays || runs.iter().skip(1).all(|run| *run) {
        return 1;
    }
    for (c, (head, below)) in head.iter_mut().zip(below.iter_mut()).enumerate() {
        if runs.get(c) == Some(&true) {
            take(head, taken);
        } else if head == below {
            take(below, taken);
        }
    }
    2
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[track_caller]
    fn case(rows: &[&str], expected: &[&str]) {
        let mut rows: Vec<Vec<String>> = rows.iter().map(|row| row.split('|').map(str::to_owned).collect()).collect();
        let before = rows.concat().concat().chars().count();
        let taken = fold(&mut rows);
        assert_eq!(rows.concat().concat().chars().count() + taken.concat().chars().count(), before);
        let rows: Vec<String> = rows.iter().map(|row| row.join("|")).collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn headings_over_columns_and_rows() {
        case(&["課題|進捗|進捗|備考", "課題|R4|R5|備考", "冊子|A|A|"], &["課題|進捗||備考", "|R4|R5|", "冊子|A|A|"]);
        let rows = ["取組|評価|評価", "冊子|A|B", "研修|A|A"];
        case(&rows, &rows);
    }

    #[test]
    fn rows_that_name_the_same() {
        case(
            &[
                "役割|内容|項目|R4|R5",
                "人事課|周知する|状況|実施|実施",
                "人事課|周知する|評価|A|A",
                "人事課|配布する|状況|実施|実施",
                "人事課|配布する|評価|A|A",
            ],
            &[
                "役割|内容|項目|R4|R5",
                "人事課|周知する|状況|実施|実施",
                "||評価|A|A",
                "|配布する|状況|実施|実施",
                "||評価|A|A",
            ],
        );
        case(
            &["指標|R4|R5", "取得率|50%|60%", "取得率|(1人/2人)|(3人/5人)"],
            &["指標|R4|R5", "取得率|50%|60%", "|(1人/2人)|(3人/5人)"],
        );
    }

    #[test]
    fn headings_between_rows() {
        case(
            &["番号|取組|評価", "第一 職場|第一 職場|第一 職場", "1|冊子|A"],
            &["番号|取組|評価", "第一 職場||", "1|冊子|A"],
        );
    }

    #[test]
    fn equal_values_stay() {
        for rows in [["年|人数|率", "A|10人|5%", "A|10人|6%"], ["a|b|c", "冊子|A|A", "冊子|A|A"]] {
            case(&rows, &rows);
        }
    }
}
