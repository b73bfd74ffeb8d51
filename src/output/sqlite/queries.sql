-- How many initiatives have which grade in each year, as the newest edition prints them?
SELECT fiscal_year, grade, count(*) AS initiatives
FROM grades_by_year
WHERE lg_name = '小金井市' AND report_fy = 2023
GROUP BY fiscal_year, grade
ORDER BY fiscal_year, grade;

-- Which initiatives got another grade than the year before? (What a grade means, the legend says.)
SELECT now.fiscal_year, now.section_no, now.initiative_no, now.initiative_title, before.grade AS before, now.grade AS now
FROM grades_by_year AS now
JOIN grades_by_year AS before
  ON before.report = now.report AND before.section_no = now.section_no AND before.initiative_no = now.initiative_no
 AND before.fiscal_year = now.fiscal_year - 1
WHERE before.grade <> now.grade AND now.report_fy = 2023
ORDER BY now.fiscal_year, now.section_no, now.initiative_no;

-- How did one figure develop, and what did each edition print?
SELECT fiscal_year, report_fy, value_raw, value_num, numerator, denominator, target_raw
FROM indicator_history
WHERE indicator = '男性職員の育児休業取得率' AND item = 'actual'
ORDER BY fiscal_year, report_fy;

-- Which figures of a past year does a later edition print with another value?
SELECT older.lg_name, older.indicator, older.series_label, older.fiscal_year,
       older.report_fy AS edition, older.value_raw AS printed, newer.report_fy AS later_edition, newer.value_raw AS now_printed
FROM indicator_history AS older
JOIN indicator_history AS newer
  ON newer.lg_name = older.lg_name AND newer.plan_name = older.plan_name AND newer.indicator = older.indicator
 AND newer.series_label IS older.series_label AND newer.item = older.item AND newer.fiscal_year = older.fiscal_year
 AND newer.report_fy > older.report_fy
WHERE newer.value_num IS NOT older.value_num
ORDER BY older.indicator, older.fiscal_year, edition;

-- What should a reader look at first, and on which page?
SELECT severity, rule, page, section_no, initiative_no, message_ja
FROM open_findings
ORDER BY CASE severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END, rule, page;
