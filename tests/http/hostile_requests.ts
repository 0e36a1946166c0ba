/** Generators of hostile requests. */
import fc from "fast-check";

const nasty = fc.constantFrom(
  "",
  "\0",
  "%00",
  "%",
  "%ff",
  "%2e%2e%2f",
  "../../etc/passwd",
  "'; drop table reports; --",
  "{{7*7}}",
  "-0",
  "1e400",
  "99999999999999999999",
  "__proto__",
  "constructor",
  "\u202e\ud800",
  "😀".repeat(20),
  "x".repeat(9_000),
  "null",
  "*",
  "<script>",
  "2023-01-25T18:13:22Z",
  "step",
);
const text = fc.oneof(nasty, fc.string({ unit: "binary", maxLength: 40 }), fc.string({ maxLength: 20 }));
const anId = fc.oneof(fc.uuid(), text);
const segment = text.map(encodeSafely);
const id = anId.map(encodeSafely);
const path = fc.oneof(
  fc.constantFrom(
    "/trigger_report",
    "/get_report",
    "/reports",
    "/polls",
    "/stores",
    "/exclusions",
    "/audit",
    "/metrics",
    "/openapi.json",
  ),
  id.map((id) => `/get_report/${id}`),
  fc.tuple(id, fc.constantFrom("", "/events", "/report.csv", "/performance.csv", "/verify", "/x")).map(([id, end]) =>
    `/reports/${id}${end}`
  ),
  fc.constantFrom("polls", "hours", "timezones", "x", "%00").map((kind) => `/imports/${kind}`),
  id.map((id) => `/imports/${id}/rejects.csv`),
  fc.tuple(id, fc.constantFrom("", "/hours", "/special-hours", "/special-hours/2099-01-25")).map(([id, end]) =>
    `/stores/${id}${end}`
  ),
  fc.tuple(id, id).map(([store, date]) => `/stores/${store}/special-hours/${date}`),
  id.map((id) => `/exclusions/${id}`),
  fc.array(segment, { maxLength: 4 }).map((parts) => `/${parts.join("/")}`),
);
const query = fc.array(
  fc.tuple(
    fc.oneof(
      fc.constantFrom(
        "report_id",
        "as_of",
        "method",
        "precision",
        "limit",
        "cursor",
        "q",
        "format",
        "where",
        "store_id",
        "valid_from",
      ),
      text,
    ),
    text,
  ),
  { maxLength: 4 },
).map((pairs) => pairs.map(([name, value]) => `${encodeSafely(name)}=${encodeSafely(value)}`).join("&"));
const header = fc.tuple(
  fc.constantFrom(
    "accept",
    "accept-encoding",
    "content-type",
    "content-encoding",
    "if-none-match",
    "if-match",
    "if-modified-since",
    "if-unmodified-since",
    "origin",
    "access-control-request-method",
    "if-range",
    "range",
    "idempotency-key",
    "last-event-id",
    "x-request-id",
    "transfer-encoding",
    "content-length",
    "expect",
    "host",
    "cookie",
    "authorization",
  ),
  fc.oneof(
    fc.constantFrom(
      "application/json",
      "application/x-ndjson",
      "text/csv",
      "multipart/form-data; boundary=x",
      "multipart/form-data",
      "application/gzip",
      "gzip",
      "br",
      "bytes=0-0",
      "bytes=-",
      "*",
      "*/*;q=9",
      ",;,",
      "0",
      "-1",
      "100-continue",
      "chunked",
    ),
    text,
  ),
);
const body = fc.oneof(
  fc.constant(undefined),
  text,
  fc.json().map((json) => json),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes)),
  fc.constantFrom(
    "[".repeat(20_000),
    `{"store_id":"a\\u0000b","status":"active","timestamp_utc":"2023-01-25T00:00:00Z"}`,
    `[{"store_id":"\\ud800","status":"active","timestamp_utc":"2023-01-25T00:00:00Z"}]`,
    `{"stores":["*"],"from":"2099-01-25T00:00","to":"2099-01-26T00:00","kind":"pause","reason":"\\ud800"}`,
    `{"openings":[{"start_time_local":"00:00","end_time_local":"00:00"}],"reason":null}`,
    `{"name":"\\ud800","tags":{"a":"\\u0000"},"sales_per_hour":-0}`,
    `{"precision":1e999,"as_of":"9999-12-31T23:59:59Z"}`,
    'store_id,status,timestamp_utc\n"',
    "store_id,day,start_time_local,end_time_local\n=1,9,99:99,\n",
    '--x\r\nContent-Disposition: form-data; name="a"; filename="\\\r\n\r\n',
    "--x--\r\n",
    "--x\r\n\r\n\r\n--x--\r\n",
  ),
);
const method = fc.constantFrom(
  "GET",
  "GET",
  "GET",
  "POST",
  "POST",
  "POST",
  "HEAD",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
  "BREW",
  "get",
);

function encodeSafely(value: string): string {
  return value.startsWith("%") ? value : encodeURIComponent(value.toWellFormed());
}

const HALVES = [
  "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n[{",
  "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}\n{}\r\n",
  "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n",
  "Content-Type: text/csv\r\nContent-Length: 1000\r\n\r\nstore_id,status,timestamp_utc\nhalf,active,2023-01-25 00:00:00 UTC\n",
  "Content-Type: text/csv\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n",
  'Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 999\r\n\r\n--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nstore_id',
  "Content-Length: -1\r\n\r\n",
  "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
  "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nhello",
  "Content-Encoding: gzip\r\nContent-Type: text/csv\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\x00",
];

/** Most pass the check of hosts, so that what lies behind it is asked as well. */
const host = fc.constantFrom(
  "localhost",
  "LOCALHOST.:9",
  "127.0.0.1",
  "localhost",
  "evil.example",
  "",
  "[::",
  "a@localhost",
);
const lines = fc.tuple(method, path, query, host).map(([method, path, query, host]) =>
  `${method} ${path}?${query} HTTP/1.1\r\nHost: ${host}\r\n`
);
const half = fc.tuple(fc.constantFrom("/polls", "/imports/polls", "/trigger_report"), fc.constantFrom(...HALVES))
  .map(([path, rest]) => `POST ${path} HTTP/1.1\r\nHost: localhost\r\n${rest}`);
const garbage = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => new Uint8Array(bytes)),
  text.map((text) => `${text}\r\n\r\n`),
);
const heads = fc.tuple(lines, fc.array(header, { maxLength: 3 }), fc.constantFrom("\r\n", ""))
  .map(([line, headers, end]) => line + headers.map(([name, value]) => `${name}: ${value}\r\n`).join("") + end);

/** What `Request` can hold. */
export const parsedRequest = fc.record({ method, path, query, headers: fc.array(header, { maxLength: 3 }), body });

/** Bytes for a bare connection. */
export const rawRequest = fc.oneof(half, heads, garbage);

/** Leaves out what `Request` itself refuses; tests of raw bytes send that as well. */
export function sane(headers: [string, string][]): Headers {
  const kept = new Headers();
  for (const [name, value] of headers) {
    try {
      kept.set(name, value);
    } catch {
      // It cannot be sent with fetch.
    }
  }
  return kept;
}
