import { STATUS } from "../../../src/ingest/values/status.ts";
import { reads, refuses } from "../../support/values.ts";

Deno.test("R5: a status is active or inactive, up or down, online or offline, in any letter case", () => {
  reads(STATUS, { active: true, ACTIVE: true, Up: true, online: true, Online: true });
  reads(STATUS, { inactive: false, Inactive: false, inActive: false, down: false, DOWN: false, offline: false });
});

Deno.test("open and closed are no status: they may mean business hours", () => {
  refuses(STATUS, { open: "status_of_hours", Closed: "status_of_hours", close: "status_of_hours" });
});

Deno.test("each other word is refused with its own reason", () => {
  refuses(STATUS, {
    "": "status_empty",
    "NULL": "status_missing",
    "true": "status_boolean",
    "1": "status_boolean",
    "no": "status_boolean",
    "activ": "status_unknown",
    "active!": "status_unknown",
    "not active": "status_unknown",
    "hyperactive": "status_unknown",
  });
});
