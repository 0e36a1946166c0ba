/** What keys and people may do. */
export const SCOPES = ["read", "request", "ingest", "manage", "metrics", "admin"] as const;

export type Scope = (typeof SCOPES)[number];

/** What an operation needs. Only what shows no data needs nothing. */
export type Need = Scope | "nothing";

/** What each scope is for, in the words of pages and documents. */
export const SCOPE_WORDS: Readonly<Record<Scope, string>> = {
  read: "see reports, stores, calendars, imports and the audit",
  request: "ask for reports and cancel them; includes read",
  ingest: "add polls, live and as files; nothing else",
  manage: "change stores and calendars, load all files, delete reports; includes read, request and ingest",
  metrics: "read /metrics; nothing else",
  admin: "do everything, and make and revoke keys",
};

/** What each scope allows. */
const INCLUDES: Readonly<Record<Scope, readonly Scope[]>> = {
  read: ["read"],
  request: ["request", "read"],
  ingest: ["ingest"],
  manage: ["manage", "request", "ingest", "read"],
  metrics: ["metrics"],
  admin: SCOPES,
};

/** Whether one of the scopes allows what needs a scope. */
export function allows(scopes: readonly Scope[], needed: Scope): boolean {
  return scopes.some((scope) => INCLUDES[scope].includes(needed));
}

export function isScope(text: string): text is Scope {
  return SCOPES.some((scope) => scope === text);
}

/** Whether a scope makes sense for some stores alone. */
export function canBeLimited(scope: Scope): boolean {
  return scope !== "metrics" && scope !== "admin";
}
