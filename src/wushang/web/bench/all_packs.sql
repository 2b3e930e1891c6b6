-- All shipped packs about units, as somebody would write them by hand: every count made once, then one CASE a pack.
-- {enterprises}, {injuries} …: the rows known at the commit; dates as of 2026-10-31; the entered numbers as in judge_all_packs.py.
WITH unit AS (
    SELECT enterprise FROM {enterprises} WHERE region LIKE '990100%' AND NOT provisional AND merged_into IS NULL
), hurt AS (
    SELECT * FROM {injuries} WHERE status IN ('reported', 'accepted', 'recognised', 'deemed') AND enterprise IS NOT NULL AND at_work
), year AS (
    SELECT enterprise, count(DISTINCT event) events, count(*) cases, count(*) FILTER (severity = 'serious') serious,
           count(*) FILTER (severity = 'fatal') fatal, min(grade) FILTER (grade >= 1) worst,
           100.0 * count(*) FILTER (tenure_days < 365) / nullif(count(tenure_days), 0) new_share
    FROM hurt WHERE occurred BETWEEN DATE '2026-01-01' AND DATE '2026-10-31' GROUP BY 1
), year_before AS (
    SELECT enterprise, count(DISTINCT event) events FROM hurt WHERE occurred BETWEEN DATE '2025-01-01' AND DATE '2025-10-31' GROUP BY 1
), twelve AS (
    SELECT enterprise, count(DISTINCT event) events, count(*) cases, count(DISTINCT coalesce(worker, -injury)) persons,
           min(grade) FILTER (grade >= 1) worst
    FROM hurt WHERE occurred BETWEEN DATE '2025-11-01' AND DATE '2026-10-31' GROUP BY 1
), month AS (
    SELECT enterprise, count(DISTINCT event) events, count(*) cases, count(*) FILTER (severity = 'serious') serious,
           count(*) FILTER (severity = 'fatal') fatal
    FROM hurt WHERE reported BETWEEN DATE '2026-10-01' AND DATE '2026-10-31' GROUP BY 1
), staff AS (  -- in these data a unit has one row a month, so months are rows
    SELECT enterprise, sum(insured) heads_12, count(*) months_12,
           sum(insured) FILTER (month >= DATE '2026-01-01') heads_y, count(*) FILTER (month >= DATE '2026-01-01') months_y,
           sum(insured) FILTER (month = DATE '2026-10-01') heads_m
    FROM {headcounts} WHERE month BETWEEN DATE '2025-11-01' AND DATE '2026-10-01' GROUP BY 1
), hazard AS (
    SELECT enterprise, count(*) n FROM {disease_hazards}
    WHERE opened <= DATE '2026-10-31' AND (closed IS NULL OR closed > DATE '2026-10-31') GROUP BY 1
), known AS (
    SELECT u.enterprise, coalesce(y.events, 0) events, coalesce(b.events, 0) before, coalesce(y.serious, 0) serious, coalesce(y.fatal, 0) fatal,
           y.worst, y.new_share, 1000.0 * coalesce(y.cases, 0) * s.months_y / nullif(s.heads_y, 0) rate,
           coalesce(t.events, 0) events_12, coalesce(t.persons, 0) persons_12, t.worst worst_12,
           100.0 * coalesce(t.cases, 0) * s.months_12 / nullif(s.heads_12, 0) percent_12,
           coalesce(m.events, 0) events_m, coalesce(m.serious, 0) serious_m, coalesce(m.fatal, 0) fatal_m, s.heads_m,
           1000.0 * coalesce(m.cases, 0) / nullif(s.heads_m, 0) rate_m, coalesce(h.n, 0) hazards
    FROM unit u LEFT JOIN year y USING (enterprise) LEFT JOIN year_before b USING (enterprise) LEFT JOIN twelve t USING (enterprise)
         LEFT JOIN month m USING (enterprise) LEFT JOIN staff s USING (enterprise) LEFT JOIN hazard h USING (enterprise)
), scored AS (
    SELECT *, greatest(0, least(100, least(events * 10, 40) + CASE WHEN events > before THEN 10 ELSE 0 END
               + CASE WHEN rate >= 10 AND events >= 2 THEN 15 ELSE 0 END + CASE WHEN serious > 0 THEN 20 ELSE 0 END
               + CASE WHEN new_share >= 50 THEN 5 ELSE 0 END + CASE WHEN hazards > 0 THEN 10 ELSE 0 END)) risk,
           CASE WHEN fatal >= 1 OR serious >= 3 THEN 0 ELSE greatest(0, least(100, 100 - least(events * 10, 40)
               - CASE WHEN rate >= 10 AND events > 1 THEN 10 ELSE 0 END - CASE WHEN hazards > 0 THEN 10 ELSE 0 END
               - CASE WHEN serious > 0 THEN 20 ELSE 0 END + CASE WHEN events < before THEN 5 ELSE 0 END
               - CASE WHEN events > before THEN 5 ELSE 0 END)) END code
    FROM known
), placed AS (
    SELECT enterprise, events_m, rate_m, fatal_m, serious_m,
           0.5 * rank() OVER (ORDER BY events_m DESC) + 0.5 * rank() OVER (ORDER BY rate_m DESC) place
    FROM known WHERE events_m >= 1 AND heads_m >= 30
), ranked AS (
    SELECT enterprise, rank() OVER (ORDER BY place, fatal_m DESC, serious_m DESC, events_m DESC, rate_m DESC) n FROM placed
), first AS (
    SELECT enterprise, rank() OVER (ORDER BY events_12 DESC, hazards DESC, persons_12 DESC, worst_12 NULLS LAST) n
    FROM known WHERE events_12 > 0 OR hazards > 0
)
SELECT enterprise,
       CASE WHEN events >= 3 THEN 'red' WHEN events >= 2 OR hazards > 0 THEN 'orange' WHEN events >= 1 THEN 'yellow' ELSE '' END graded_warning,
       CASE WHEN r.n <= 20 THEN 'focus' WHEN r.n <= 100 THEN 'listed' ELSE '' END monthly_ranking,
       '' accident_grades,  -- no emergency bureau has delivered accidents
       CASE WHEN fatal >= 1 OR serious >= 2 THEN 'red' WHEN risk >= 60 THEN 'orange' WHEN risk >= 30 THEN 'yellow' ELSE '' END risk_colour,
       CASE WHEN code < 40 THEN 'red' WHEN code < 60 THEN 'orange' WHEN code < 80 THEN 'yellow' ELSE '' END enterprise_code,
       CASE WHEN percent_12 >= 5 THEN 'orange' WHEN percent_12 >= 2 THEN 'yellow' ELSE '' END rate_three_colours,
       CASE WHEN events >= 5 OR rate >= 60 OR worst <= 6 THEN 'key' WHEN events >= 1 THEN 'general' ELSE '' END key_enterprises,
       CASE WHEN serious + fatal >= 1 THEN 'serious' ELSE '' END serious_injury,
       CASE WHEN events >= 5 OR rate >= 60 OR worst <= 6 THEN 'orange' WHEN events >= 1 THEN 'yellow' ELSE '' END two_warnings,
       CASE WHEN f.n <= 500 THEN 'priority' ELSE '' END enforcement_priority
FROM scored LEFT JOIN ranked r USING (enterprise) LEFT JOIN first f USING (enterprise)
