-- Each initiative's and indicator's grade in each year: the detail's, else the summary's.
CREATE VIEW grades_by_year AS
SELECT r.lg_code, r.lg_name, r.plan_name, r.report_fy, g.fiscal_year, g.era_label,
       s.section_no, s.section_title, i.initiative_no, i.initiative_title, k.indicator,
       g.grade_norm AS grade, g.marker, l.meaning, r.source_file, g.page, g.report, g.id
FROM grade AS g
JOIN report AS r USING (report)
LEFT JOIN section AS s ON s.report = g.report AND s.section_id = g.section_id
LEFT JOIN initiative AS i ON i.report = g.report AND i.initiative_id = g.initiative_id
LEFT JOIN indicator AS k ON k.report = g.report AND k.indicator_id = g.indicator_id
LEFT JOIN legend AS l ON l.report = g.report AND l.id = g.legend_id
WHERE g.item = 'grade'
   OR NOT EXISTS (
       SELECT 1 FROM grade AS d
       WHERE d.report = g.report AND d.initiative_id = g.initiative_id
         AND d.fiscal_year = g.fiscal_year AND d.item = 'grade');

-- Each figure as each edition prints it, with the target that the edition sets.
CREATE VIEW indicator_history AS
SELECT r.lg_code, r.lg_name, r.plan_name, k.indicator_group, k.indicator, t.series_label, f.item, f.fiscal_year,
       r.report_fy, f.era_label, f.value_raw, f.value_num, f.unit, f.numerator, f.denominator, f.null_reason,
       t.target_raw, t.target_num, t.target_unit, t.target_op, t.target_fy, r.source_file, f.page, f.report, f.id
FROM figure AS f
JOIN report AS r USING (report)
JOIN indicator AS k ON k.report = f.report AND k.indicator_id = f.indicator_id
LEFT JOIN series AS t ON t.report = f.report AND t.series_id = f.series_id;

-- Findings about the newest edition of each plan; those of older editions are superseded by its publication.
CREATE VIEW open_findings AS
SELECT r.lg_code, r.lg_name, r.plan_name, r.report_fy, f.severity, f.rule, f.message_ja, f.message_en,
       f.fiscal_year, s.section_no, s.section_title, i.initiative_no, i.initiative_title, f.indicator,
       r.source_file, f.page, f.bbox, f.report, f.id
FROM finding AS f
JOIN report AS r USING (report)
LEFT JOIN section AS s ON s.report = f.report AND s.section_id = f.section_id
LEFT JOIN initiative AS i ON i.report = f.report AND i.initiative_id = f.initiative_id
WHERE NOT EXISTS (
    SELECT 1 FROM report AS n
    WHERE n.lg_code IS r.lg_code AND n.lg_name IS r.lg_name AND n.plan_name IS r.plan_name
      AND n.report_fy > r.report_fy);
