/** Tables of each kind of file, with cells that people write and cells that mean nothing. */
import fc from "fast-check";

const id = fc.constantFrom(
  "8139926242460185114",
  "a",
  "b",
  "c",
  "1001.0",
  "'7",
  "8.41954E+18",
  "..",
  "Café",
  "x y",
  "=1",
  "",
);
const status = fc.constantFrom(
  "active",
  "Inactive",
  "UP",
  "down",
  "online",
  "Offline",
  "open",
  "1",
  "",
);
const instant = fc.constantFrom(
  ...[
    "2023-01-25 18:13:22.479220 UTC",
    "2023-01-25T18:13:22Z",
    "2023-01-25 8:13:22",
    "2023-01-25 18:13:22,4792201z",
  ],
  ...[
    "2023-01-25 18:13+05:30",
    "2023-01-25 18:13:22.5 +0000 UTC",
    "2023-01-25T18:13:22Z[UTC]",
    "20230125T181322Z",
  ],
  ...[
    "1674670402",
    "1674670402479",
    "1674670402479220",
    "2023-01-25 23:59:60 GMT",
    "2023-01-25 24:00:00 Etc/UTC",
  ],
  ...[
    "01/02/2023 10:00",
    "2023-01-25",
    "2023-W04-3",
    "2023-01-25 6:13 PM",
    "2023-02-29 00:00 UTC",
    "1.67E+12",
    "",
  ],
);
const day = fc.constantFrom(
  "0",
  "6",
  "3",
  "Monday",
  "tue",
  "SUNDAY",
  "Mo",
  "8",
  "",
);
const time = fc.constantFrom(
  ...[
    "9:00",
    "09:00:00",
    "17:30:15.5",
    "9 AM",
    "9:00 pm",
    "12:00 AM",
    "noon",
    "midnight",
    "24:00",
    "25:30",
    "47:59",
    "48:00",
  ],
  ...[
    "2000-01-01 08:00:00",
    "1/1/1900 9:00 PM",
    "closed",
    "",
    "",
    "9.30",
    "0:30 AM",
    "13 PM",
    "ten",
  ],
);
const zone = fc.constantFrom(
  ...[
    "America/New_York",
    "asia/tokyo",
    "EST",
    "Eastern Standard Time",
    "(UTC-05:00) Eastern Time (US & Canada)",
  ],
  ...[
    "W. Europe Standard Time",
    "+05:30",
    "UTC+3",
    "GMT-5",
    "Etc/GMT+5",
    "AEST",
    "UTC+15",
    "nowhere",
    "",
  ],
);

/** Headers and cells of each kind. */
const KINDS: [string[][], fc.Arbitrary<string>[]][] = [
  [[["store_id", "Store", "StoreID"], ["status", "state"], [
    "timestamp_utc",
    "Timestamp",
    "time utc",
  ]], [
    id,
    status,
    instant,
  ]],
  [
    [["store_id", "store"], ["day", "dayOfWeek", "weekday"], [
      "start_time_local",
      "opens",
    ], [
      "end_time_local",
      "Close",
    ]],
    [id, day, time, time],
  ],
  [[["store_id"], ["timezone_str", "tz", "Time-Zone"]], [id, zone]],
];

export const table = fc.constantFrom(...KINDS).chain(([names, cells]) =>
  fc.tuple(
    fc.tuple(...names.map((each) => fc.constantFrom(...each))),
    fc.array(fc.tuple(...cells), { minLength: 1, maxLength: 6 }),
  ).map(([header, rows]): string[][] => [header, ...rows])
);
