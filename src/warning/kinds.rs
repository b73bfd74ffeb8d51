//! Every warning that a reading can carry: its code, what it says of the values, and where to look.

/// A kind of warning, in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// Stable code in kebab case.
    pub code: &'static str,
    /// What it says of the values and where to look, in Japanese.
    pub ja: &'static str,
    /// The same in English.
    pub en: &'static str,
}

/// All kinds of warnings: of the wording first, then of tables and pages, of characters last.
#[must_use]
pub fn kinds() -> &'static [Kind] {
    const fn kind(code: &'static str, ja: &'static str, en: &'static str) -> Kind {
        Kind { code, ja, en }
    }
    const KINDS: &[Kind] = &[
        kind(
            "no-report-structure",
            "取組も指標も見つからない。進捗状況の報告書ではないか、規則集が様式を知らない。文字はすべて unplaced にある。",
            "Neither initiatives nor indicators were found: this is no progress report, or the rules do not know its \
             form. All its text is in unplaced.",
        ),
        kind(
            "weak-structure",
            "文字の多くが値にも見出しにもならなかった。規則集が様式に合っていない可能性がある。unplaced と prose を確かめる。",
            "Much of the text became neither a value nor a heading, so the rules may not fit this form. Look at \
             unplaced and prose.",
        ),
        kind(
            "no-fiscal-year",
            "年度の印刷がない値があり、年は 0 とした。",
            "Values stand under no fiscal year; their year is 0.",
        ),
        kind(
            "ambiguous-pack",
            "二つの規則集が同じ程度に合う。選んだものと他の候補を示す。--rules で指定できる。",
            "Two rule packs fit equally. The one taken and the other are named; --rules chooses.",
        ),
        kind(
            "ambiguous-legend",
            "一つの評価記号に凡例が二つの意味を与えている。",
            "The legend gives one grade two meanings.",
        ),
        kind(
            "ambiguous-grade",
            "評価が二つ以上読み取れる。どれを評価としたか、または評価としなかったかを示し、残りは other にある。",
            "More than one grade can be read. The message says which was taken, if any; the others are in other.",
        ),
        kind(
            "grade-outside-legend",
            "凡例にない評価がある。印刷どおりに残した。",
            "A grade is not in the legend. It was kept as printed.",
        ),
        kind(
            "color-without-text",
            "評価の欄に、文字がなく色だけの欄がある。色の意味は読んでいない。",
            "Cells among grades have a colour and no text. What the colour says was not read.",
        ),
        kind(
            "ambiguous-year",
            "元号のない年を近い年度として、または年のない数値を報告年度のものとして読んだ。",
            "A year without an era was read as the nearest one, or figures without a year as those of the year reported on.",
        ),
        kind(
            "ambiguous-target",
            "目標に数値がいくつもあり、どれも目標値としなかった。",
            "A target gives several numbers; none was taken as its value.",
        ),
        kind(
            "ambiguous-number",
            "一つの数値に定まらない。文字のまま残し、数値は空とした。",
            "A figure is no single number. It was kept as text without a number.",
        ),
        kind(
            "ambiguous-unit",
            "単位が並べて示され、どの数値のものか定まらない。率のほかは単位を空とした。",
            "A line lists several units and does not say which is whose. All but rates have none.",
        ),
        kind(
            "ambiguous-sign",
            "数値の前に △ と ▲ の両方があり、説明がない。△ も負の数として読んだが、正の可能性がある。",
            "△ and ▲ both stand before figures and no note explains them; △ was read as a minus and may mean plus.",
        ),
        kind(
            "ambiguous-indicator-pairing",
            "どの指標の値か定まらない。選んだ指標を確かめる。",
            "A figure could belong to more than one indicator. Check the one that was chosen.",
        ),
        kind(
            "ambiguous-section",
            "一覧と詳細に番号は同じで名称の異なる節がある。結び付けていないので、同じ節かどうかを確かめる。",
            "Sections of the front table and of the detail have one number and other titles. They were not joined; check whether they are one.",
        ),
        kind("guessed-encoding", "文字コードを推定して読んだ。", "The encoding of the text was guessed."),
        kind(
            "shifted-row",
            "変換で列のずれた行を、元の列に戻して読んだ。",
            "A row whose columns a conversion had shifted was read in its columns.",
        ),
        kind(
            "oversized-table",
            "表の行と列が多すぎるため、表とせず文字だけを読んだ。",
            "A table claims too many cells; its text was read without it.",
        ),
        kind(
            "too-many-rulings",
            "罫線が多すぎるため、このページの罫線の表を読まなかった。",
            "A page has too many rulings; its ruled tables were not read.",
        ),
        kind("missing-page", "見つからないページがある。", "A page cannot be found."),
        kind(
            "missing-page-size",
            "ページの大きさがなく、US レターとした。",
            "A page has no size; US Letter was assumed.",
        ),
        kind(
            "page-cut",
            "ページが大きすぎ、メモリの上限で打ち切った。続きは読んでいない。",
            "A page was cut at the limit on memory; what follows was not read.",
        ),
        kind("limit-reached", "上限に達し、続きは読んでいない。", "A limit was reached; what follows was not read."),
        kind(
            "missing-content",
            "ページの内容の一部を復号できず、その文字は失われている。",
            "Part of a page's content cannot be decoded; its text is missing.",
        ),
        kind(
            "bad-content",
            "ページの内容に誤りがあり、その部分を飛ばした。",
            "A page's content is malformed in places; these were skipped.",
        ),
        kind("unknown-operators", "PDF にない命令を飛ばした。", "Operators that PDF does not know were skipped."),
        kind(
            "form-loop",
            "自身を含む図、または深すぎる図を描かなかった。",
            "Forms inside themselves, or nested too deep, were not drawn.",
        ),
        kind(
            "missing-resources",
            "フォントや図の定義がなく、その文字は失われている可能性がある。",
            "Fonts or forms are not defined; their text may be missing.",
        ),
        kind(
            "hidden-layer",
            "表示されないレイヤーの文字は読んでいない。",
            "Text on layers that are switched off was left out.",
        ),
        kind(
            "clipped-text",
            "切り抜きで見えない文字がある。読んだが、紙には見えない。",
            "Characters are clipped away: they were read but cannot be seen on the page.",
        ),
        kind(
            "undecodable-characters",
            "どの文字か分からない字がある。その値は正しくない可能性がある。ページの絵と比べる。",
            "The file does not say which characters these are. Values with them may be wrong: compare with the page.",
        ),
        kind(
            "contradicting-unicode",
            "ファイルの文字表とフォントが別の文字を示す。値が見た目と異なる可能性がある。ページの絵と比べる。",
            "The file's character map and its font name different characters. Values may differ from what is seen: \
             compare with the page.",
        ),
    ];
    KINDS
}

#[cfg(test)]
mod tests {
    use super::kinds;

    #[test]
    fn codes_are_in_kebab_case_and_stand_once() {
        let mut codes: Vec<_> = kinds().iter().map(|kind| kind.code).collect();
        assert!(codes.iter().all(|code| code.split('-').all(|word| word.bytes().all(|b| b.is_ascii_lowercase()))));
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), kinds().len());
    }
}
