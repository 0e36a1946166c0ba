/** The method of the request that asked for a report. */
export type AskedBy = "GET" | "POST";

/**
 * Makes a random id (UUID version 4). Its last bit says which method asked for the report: clients of `get_report` expect
 * another word while they wait, depending on how they asked.
 */
export function newReportId(askedBy: AskedBy): string {
  const id = crypto.randomUUID();
  const bit = askedBy === "GET" ? 1 : 0;
  const lastDigit = Number.parseInt(id.slice(-1), 16) & ~1 | bit;
  return id.slice(0, -1) + lastDigit.toString(16);
}

export function askedBy(reportId: string): AskedBy {
  return (Number.parseInt(reportId.slice(-1), 16) & 1) === 1 ? "GET" : "POST";
}
