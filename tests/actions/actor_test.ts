import assert from "node:assert/strict";
import { askForOwnReport } from "../../src/actions/ask_for_report.ts";
import { cancelReport } from "../../src/actions/cancel_report.ts";
import { loadFile } from "../../src/actions/load_file.ts";
import { getReport } from "../../src/db/reports/reports.ts";
import { NAMELESS_ACTORS } from "../../src/domain/actor.ts";
import { DEFAULT_REQUEST } from "../../src/domain/report_request.ts";
import { bodyOf, TIMEZONES } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";
import { RULES } from "../support/rules.ts";

databaseTest(
  "a report and an import keep who asked for them, and a cancelled report says who ended it",
  async ({ sql }) => {
    const reasons = new Set<string | undefined>();
    for (const actor of NAMELESS_ACTORS) {
      const reportId = await askForOwnReport({ sql, actor }, DEFAULT_REQUEST);
      assert.equal(await cancelReport({ sql, actor }, reportId), true);
      assert.equal(await cancelReport({ sql, actor }, reportId), false);
      reasons.add((await getReport(sql, reportId))?.reason);
      const body = bodyOf(`${TIMEZONES}\n${actor},Asia/Tokyo\n`);
      const { importId } = await loadFile({ sql, actor }, { source: "zones.csv", body, zoneRules: RULES });
      const [row] = await sql`
      select (select requested_by from reports where report_id = ${reportId}) as requested,
        (select loaded_by from imports where import_id = ${importId}) as loaded`;
      assert.deepEqual({ ...row }, { requested: actor, loaded: actor });
    }
    assert.equal(reasons.size, NAMELESS_ACTORS.length);
  },
);
