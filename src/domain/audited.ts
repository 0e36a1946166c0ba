/** What the audit calls each kind of change. */
export const AUDIT_ACTIONS = [
  "store.change",
  "store.remove",
  "hours.put",
  "special_hours.put",
  "special_hours.remove",
  "exclusion.add",
  "exclusion.change",
  "exclusion.withdraw",
  "file.load",
  "polls.remove",
  "polls.repair",
  "report.request",
  "report.cancel",
  "report.delete",
  "key.add",
  "key.revoke",
  "session.begin",
  "session.end",
  "access.refuse",
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** What the audit says of keys, sign-in and refusals. Admins see it. */
export const ACCESS_ACTIONS: readonly AuditAction[] = [
  "key.add",
  "key.revoke",
  "session.begin",
  "session.end",
  "access.refuse",
];
