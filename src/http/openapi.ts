const DESCRIPTION = "Polls, business hours and time zones of stores go in; reports of their uptime and downtime come " +
  "out. Errors are problems (RFC 9457), times are ISO 8601 in UTC.";

/** What the OpenAPI document says of the interface as a whole. */
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
    servers: [{ url: "/", description: "The service that this document comes from" }],
    // Without accounts, no operation needs a key.
    security: [],
    tags: [
      { name: "Reports", description: "Ask for reports, follow them, and fetch them." },
      { name: "Data", description: "Load files and polls, and see what is there." },
      { name: "Service", description: "Whether the service works, and how well." },
    ],
  };
}
