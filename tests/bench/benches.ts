import { copy } from "./b01_copy.ts";
import { duckdb } from "./b02_duckdb.ts";
import { sql } from "./b03_sql.ts";
import { firstReport } from "./b04_first_report.ts";
import { load } from "./b05_load.ts";
import { stores } from "./b06_stores.ts";
import { history } from "./b07_history.ts";
import { answers } from "./b08_answers.ts";
import { manyReports } from "./b09_many_reports.ts";
import { liveFeed } from "./b10_live_feed.ts";
import { workers } from "./b11_workers.ts";
import { largeBodies } from "./b12_large_bodies.ts";
import { methods } from "./b13_methods.ts";
import { against } from "./b14_against.ts";
import { windows } from "./b15_windows.ts";
import { calendars } from "./b16_calendars.ts";
import { renderings } from "./b17_renderings.ts";
import { trends } from "./b18_trends.ts";
import { keys } from "./b19_keys.ts";
import type { Bench } from "./bench.ts";

export const BENCHES: readonly Bench[] = [
  copy,
  duckdb,
  sql,
  firstReport,
  load,
  stores,
  history,
  answers,
  manyReports,
  liveFeed,
  workers,
  largeBodies,
  methods,
  against,
  windows,
  calendars,
  renderings,
  trends,
  keys,
];
