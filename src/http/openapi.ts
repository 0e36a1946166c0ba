const DESCRIPTION = "Storewatch turns polls of stores, business hours and time zones into reports of uptime and " +
  "downtime. Errors are problems (RFC 9457). Times are ISO 8601, in UTC.";

/** The head of the OpenAPI document. */
// deno-lint-ignore explicit-module-boundary-types -- the library checks it
export function openApiHead(version: string) {
  return {
    openapi: "3.1.0",
    info: {
      title: "Storewatch",
      version,
      description: DESCRIPTION,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/", description: "This service" }],
    tags: [
      { name: "Reports", description: "Request reports, follow their progress, download them." },
      { name: "Data", description: "Load files and polls, look at stores." },
      { name: "Calendars", description: "When stores are open, and time that does not count." },
      { name: "Service", description: "Health, metrics, and who changed what." },
    ],
  };
}
