/** The names of the columns of the three files, as the plain form has them. */
export type SampleColumn =
  | "store_id"
  | "status"
  | "timestamp_utc"
  | "day"
  | "start_time_local"
  | "end_time_local"
  | "timezone_str";

type Rewrite = (text: string) => string;

/** How a program writes CSV. What it does not name is as in the plain form. */
export interface Dialect {
  readonly separator: string;
  readonly end: string;
  readonly encoding: "UTF-8" | "UTF-8 with mark" | "UTF-16 with mark";
  /** A line before the header. */
  readonly first?: string;
  readonly quotes?: boolean;
  /** A first column that counts rows and has no name. */
  readonly index?: boolean;
  readonly header?: Rewrite;
  readonly cells: Partial<Record<SampleColumn, Rewrite>>;
}

export const DIALECT_NAMES = ["excel-de", "excel-us", "pandas", "powershell", "postgres", "go", "unix"] as const;
export type DialectName = (typeof DIALECT_NAMES)[number];

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const dayName: Rewrite = (day) => DAYS[Number(day)] ?? day;
const withoutUtc: Rewrite = (instant) => instant.replace(/ UTC$/, "");
const withoutZero: Rewrite = (time) => time.replace(/^0/, "");

/** The zones that Windows has under one name each. */
const WINDOWS: Readonly<Record<string, string>> = {
  "America/New_York": "(UTC-05:00) Eastern Time (US & Canada)",
  "America/Chicago": "(UTC-06:00) Central Time (US & Canada)",
  "America/Denver": "(UTC-07:00) Mountain Time (US & Canada)",
  "America/Los_Angeles": "(UTC-08:00) Pacific Time (US & Canada)",
  "America/Phoenix": "US Mountain Standard Time",
  "America/Anchorage": "Alaskan Standard Time",
};

const windowsZone: Rewrite = (zone) => WINDOWS[zone] ?? zone;

function twelveHours(time: string): string {
  const [hour = "", ...rest] = time.split(":");
  return `${[Number(hour) % 12 || 12, ...rest].join(":")} ${Number(hour) < 12 ? "AM" : "PM"}`;
}

/** An instant with so many fraction digits. */
function instantWith(digits: number, { separator, zone }: { separator: string; zone: string }): Rewrite {
  return (instant) => {
    const [second = "", fraction = ""] = withoutUtc(instant).split(".");
    return `${second.replace(" ", separator)}.${fraction.padEnd(digits, "0")}${zone}`;
  };
}

function words(active: string, inactive: string): Rewrite {
  return (status) => status === "active" ? active : inactive;
}

const microsSince1970: Rewrite = (instant) => {
  const [second = "", fraction = ""] = withoutUtc(instant).split(".");
  return `${Date.parse(`${second.replace(" ", "T")}Z`) / 1000}${fraction.padEnd(6, "0")}`;
};

export const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  "excel-de": {
    separator: ";",
    end: "\r\n",
    encoding: "UTF-8 with mark",
    first: "sep=;",
    cells: {
      timestamp_utc: (instant) => withoutUtc(instant).replace(".", ","),
      day: dayName,
      start_time_local: withoutZero,
      end_time_local: withoutZero,
      timezone_str: windowsZone,
    },
  },
  "excel-us": {
    separator: ",",
    end: "\r\n",
    encoding: "UTF-8 with mark",
    header: (name) => name.split("_").map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join(" "),
    cells: {
      store_id: (id) => `'${id}`,
      status: words("Active", "Inactive"),
      timestamp_utc: withoutUtc,
      day: (day) => dayName(day).slice(0, 3),
      start_time_local: twelveHours,
      end_time_local: twelveHours,
      timezone_str: windowsZone,
    },
  },
  pandas: {
    separator: ",",
    end: "\n",
    encoding: "UTF-8",
    index: true,
    cells: {
      timestamp_utc: instantWith(6, { separator: " ", zone: "+00:00" }),
      start_time_local: (time) => `1900-01-01 ${time}`,
      end_time_local: (time) => `1900-01-01 ${time}`,
    },
  },
  powershell: {
    separator: ",",
    end: "\r\n",
    encoding: "UTF-16 with mark",
    first: "#TYPE System.Management.Automation.PSCustomObject",
    quotes: true,
    cells: { timestamp_utc: instantWith(7, { separator: "T", zone: "Z" }), day: dayName },
  },
  postgres: {
    separator: "|",
    end: "\n",
    encoding: "UTF-8",
    cells: { status: words("up", "down"), timestamp_utc: (instant) => `${withoutUtc(instant)}+00` },
  },
  go: {
    separator: "\t",
    end: "\n",
    encoding: "UTF-8",
    header: (name) => name.replaceAll(/(?:^|_)([a-z])/g, (_, letter) => letter.toUpperCase()),
    cells: {
      status: words("online", "offline"),
      timestamp_utc: (instant) => `${withoutUtc(instant)} +0000 UTC`,
      timezone_str: (zone) => zone.toUpperCase(),
    },
  },
  unix: {
    separator: ",",
    end: "\r",
    encoding: "UTF-8",
    header: (name) => name === "timestamp_utc" ? "timestamp" : name,
    cells: { timestamp_utc: microsSince1970, start_time_local: withoutZero },
  },
};
