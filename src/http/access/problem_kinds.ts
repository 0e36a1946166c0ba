/** The problems of those who may not do something. */
export const ACCESS_PROBLEMS = {
  "key-needed": {
    status: 401,
    title: "This needs a key",
    help:
      "Send a key with each request: Authorization: Bearer and the key. An admin makes keys with deno task key add, or on the " +
      "page /keys. On pages, sign in at /sign-in.",
  },
  "scope-needed": {
    status: 403,
    title: "This key may not do this",
    help:
      "`scope` names the missing scope. An admin makes keys with other scopes. docs/access.md lists what each scope allows.",
  },
  "outside-your-stores": {
    status: 403,
    title: "This key sees only some stores",
    help:
      "It changes these stores, and no rules for all stores, no exclusions that are also for others, and no tags by which it " +
      "sees a store. It makes and removes no stores. Use a key that sees all stores.",
  },
  "too-many-requests": {
    status: 429,
    title: "Too many requests",
    help:
      "Each key may send RATE_LIMIT requests a minute, and an address without a key 60. RateLimit says how many are left. Try " +
      "again after Retry-After.",
  },
} as const;
