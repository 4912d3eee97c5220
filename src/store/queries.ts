/** Common questions to the tables of one or many runs, as SQL. The column `run` is the folder. */
export const namedQueries = {
  "remission-by-arm": {
    about: "share of patients in drug-free remission at each visit",
    sql: "SELECT run, arm, day, round(100 * avg(remission::INT), 1) AS percent, count(*) AS seen FROM visits GROUP BY run, arm, day ORDER BY run, arm, day",
  },
  "relapse-by-disease": {
    about: "relapses and their median day, by arm and disease",
    sql: "SELECT o.run, o.arm, p.disease, count(*) AS patients, count(o.relapse_day) AS relapses, median(o.relapse_day) AS median_day FROM outcomes o JOIN patients p USING (run, patient) GROUP BY ALL ORDER BY ALL",
  },
  "crs-grades": {
    about: "patients by highest CRS grade, arms with cells",
    sql: "SELECT o.run, o.arm, o.crs AS grade, count(*) AS patients FROM outcomes o JOIN runs r USING (run, patient, arm) WHERE r.infusion_day IS NOT NULL GROUP BY ALL ORDER BY ALL",
  },
  "events-by-arm": {
    about: "how often each event happened",
    sql: "SELECT run, arm, event, count(*) AS events, count(DISTINCT patient) AS patients FROM events GROUP BY ALL ORDER BY ALL",
  },
  "failed-runs": {
    about: "runs that did not complete, by reason",
    sql: "SELECT run, arm, status, reason, count(*) AS runs FROM runs WHERE status <> 'completed' GROUP BY ALL ORDER BY ALL",
  },
  "slowest-patients": {
    about: "the ten runs with the most steps of the integration",
    sql: "SELECT run, patient, arm, steps, rejected_steps FROM runs ORDER BY steps DESC LIMIT 10",
  },
} as const satisfies Record<string, { about: string; sql: string }>;

export type QueryName = keyof typeof namedQueries;
