//! Takes a report, gives its values as groups in the order of the report: what each is called and where it stands.

use super::{Chart, Evidence, Group, Kind, Value, chart};
use crate::audit::Message;
use crate::geom::Place;
use crate::report::{Grade, Labelled, Report, Section, Text};

mod indicator;
mod initiative;

/// The report's values by where they belong.
pub(super) fn groups(report: &Report) -> Vec<Group> {
    let scale = chart::scale(report);
    let mut groups = vec![cover(report), legend(report)];
    groups.extend(report.sections.iter().enumerate().map(|(index, one)| section(index + 1, one, &scale)));
    groups.extend(report.indicators.iter().enumerate().map(|(index, one)| indicator::group(index + 1, one)));
    let notes = report
        .footnotes
        .iter()
        .map(|note| value(Kind::Note, Message::new(&note.mark, &note.mark), &note.text, &note.at));
    groups.push(group("notes", words("注記", "notes"), "", notes.collect()));
    let plain = |kind, ja, en, texts: &[Text]| -> Vec<Value> {
        texts.iter().map(|text| value(kind, words(ja, en), &text.text, &text.at)).collect()
    };
    groups.push(group("prose", words("本文", "prose"), "", plain(Kind::Note, "段落", "paragraph", &report.prose)));
    let unplaced = plain(Kind::Unplaced, "未分類", "unplaced", &report.unplaced);
    groups.push(group("unplaced", words("分類できなかった文字", "unplaced text"), "", unplaced));
    groups.retain(|group| !group.values.is_empty() || !group.groups.is_empty() || !group.title.is_empty());
    groups
}

fn cover(report: &Report) -> Group {
    let head = &report.document;
    let mut values = Vec::new();
    text(&mut values, Kind::Title, words("表題", "title"), head.title.as_ref());
    text(&mut values, Kind::Title, words("副題", "subtitle"), head.subtitle.as_ref());
    text(&mut values, Kind::Title, words("発行部署", "publisher"), head.publisher.as_ref());
    if let Some(published) = &head.published {
        let mut one = value(Kind::Note, words("公表", "published"), &published.label, &published.at);
        one.read = Some(published.date.clone());
        values.push(one);
    }
    group("cover", words("表紙", "cover"), "", values)
}

fn legend(report: &Report) -> Group {
    let one = |grade: &crate::report::ScaleGrade| {
        let mut one = value(Kind::Note, words("評価", "grade"), &grade.meaning, &grade.at);
        one.name = Message::new(format!("評価 {}", grade.grade), format!("grade {}", grade.grade));
        one
    };
    group("legend", words("評価の凡例", "legend of grades"), "", report.grade_scale.iter().map(one).collect())
}

fn section(order: usize, section: &Section, scale: &[String]) -> Group {
    let id = format!("s{order}");
    let label = section.label.clone().unwrap_or_else(|| section.number.to_string());
    let mut values = Vec::new();
    for level in &section.path {
        text(&mut values, Kind::Title, words("上位の区分", "level above"), Some(level));
    }
    text(&mut values, Kind::Title, words("見出し", "heading"), section.title.as_ref());
    if section.summary_title != section.title {
        text(
            &mut values,
            Kind::Title,
            words("一覧での見出し", "heading in the summary"),
            section.summary_title.as_ref(),
        );
    }
    for one in &section.objectives {
        text(&mut values, Kind::Text, words("取組内容", "objective"), Some(one));
    }
    for one in &section.targets {
        text(&mut values, Kind::Target, words("目標", "target"), Some(one));
    }
    for one in &section.grades {
        grade(&mut values, words("評価", "grade"), &one.label, Some(&one.grade));
    }
    let title = section.title.as_ref().or(section.summary_title.as_ref());
    let initiatives = section.initiatives.iter().enumerate();
    Group {
        groups: initiatives.map(|(index, one)| initiative::group(&id, index + 1, one, scale)).collect(),
        ..group(
            &id,
            Message::new(format!("項目 {label}"), format!("section {label}")),
            title.map_or("", |title| &title.text),
            values,
        )
    }
}

fn words(ja: &str, en: &str) -> Message {
    Message::new(ja, en)
}

/// A name with a year or a heading after it.
fn of(name: Message, label: &str) -> Message {
    if label.is_empty() { name } else { Message::new(format!("{} {label}", name.ja), format!("{} {label}", name.en)) }
}

fn group(id: &str, name: Message, title: &str, values: Vec<Value>) -> Group {
    Group { id: id.to_owned(), name, title: title.to_owned(), values, charts: Vec::new(), groups: Vec::new() }
}

fn charted(group: Group, charts: impl IntoIterator<Item = Chart>) -> Group {
    Group { charts: charts.into_iter().collect(), ..group }
}

fn value(kind: Kind, name: Message, text: &str, places: &[Place]) -> Value {
    Value {
        number: 0,
        kind,
        name,
        text: text.to_owned(),
        read: None,
        places: places.to_vec(),
        evidence: Evidence::default(),
    }
}

fn text(values: &mut Vec<Value>, kind: Kind, name: Message, text: Option<&Text>) {
    values.extend(text.map(|text| value(kind, name, &text.text, &text.at)));
}

fn grade(values: &mut Vec<Value>, name: Message, year: &str, grade: Option<&Grade>) {
    values.extend(grade.map(|grade| {
        let mut one = value(Kind::Grade, of(name, year), &grade.text, &grade.at);
        one.read = (grade.text != grade.grade).then(|| grade.grade.clone());
        one
    }));
}

fn other(values: &mut Vec<Value>, year: &str, all: &[Labelled]) {
    for one in all {
        values.push(value(Kind::Text, of(Message::new(&one.label, &one.label), year), &one.text, &one.at));
    }
}
