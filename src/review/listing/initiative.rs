//! Takes an initiative, gives its values year by year.

use super::{charted, grade, of, other, text, value, words};
use crate::audit::Message;
use crate::report::{Initiative, YearEntry};
use crate::review::{Group, Kind, Value, chart};

/// The values of the initiative that stands at `order` in the group `section`.
pub(super) fn group(section: &str, order: usize, initiative: &Initiative, scale: &[String]) -> Group {
    let label = initiative.label.clone().unwrap_or_else(|| initiative.number.to_string());
    let mut values = Vec::new();
    text(&mut values, Kind::Title, words("名称", "name"), initiative.title.as_ref());
    text(&mut values, Kind::Text, words("取組内容", "description"), initiative.description.as_ref());
    text(&mut values, Kind::Text, words("担当", "responsible"), initiative.responsible.as_ref());
    other(&mut values, "", &initiative.other);
    for entry in &initiative.years {
        year(&mut values, entry);
    }
    let title = initiative.title.as_ref().or(initiative.description.as_ref()).map_or("", |title| &title.text);
    let name = Message::new(format!("取組 {label}"), format!("initiative {label}"));
    charted(super::group(&format!("{section}-i{order}"), name, title, values), chart::grades(initiative, scale))
}

fn year(values: &mut Vec<Value>, entry: &YearEntry) {
    let label = &entry.label;
    grade(values, words("評価", "grade"), label, entry.grade.as_ref());
    grade(values, words("一覧の評価", "grade in the summary"), label, entry.summary_grade.as_ref());
    if let Some(status) = &entry.status {
        let mut one = value(Kind::Status, of(words("実施状況", "status"), label), &status.text, &status.at);
        one.read = (status.text != status.value).then(|| status.value.clone());
        values.push(one);
    }
    for (name, one) in [
        (words("取組実績", "actions"), &entry.actions),
        (words("課題・方向性", "issues"), &entry.issues),
        (words("計画", "plan"), &entry.plan),
        (words("実績", "result"), &entry.result),
    ] {
        text(values, Kind::Text, of(name, label), one.as_ref());
    }
    other(values, label, &entry.other);
}
