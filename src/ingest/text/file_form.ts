import type { NoticeKind, Notices } from "../faults/notice.ts";

export const SEPARATORS = [",", ";", "\t", "|"] as const;
export type Separator = (typeof SEPARATORS)[number];

export type Encoding = "UTF-8" | "UTF-16" | "Windows-1252";

const WINDOWS_1252: NoticeKind = {
  code: "windows_1252",
  message: "The file is not UTF-8: it was read as Windows-1252, as older programs on Windows write it",
};

/** How a file is written. It is found out as the file is read. */
export class FileForm {
  encoding: Encoding = "UTF-8";
  separator: Separator = ",";
  /** Undefined if it is a table. */
  documentForm: "JSON" | "iCalendar" | undefined;
  /** Whether a quote has come. */
  hasQuotes = false;
  readonly #notices: Notices;

  constructor(notices: Notices) {
    this.#notices = notices;
  }

  /** @param line the first that is not UTF-8 */
  isWindows1252(line: number): void {
    this.encoding = "Windows-1252";
    this.#notices.add(WINDOWS_1252, line);
  }
}
