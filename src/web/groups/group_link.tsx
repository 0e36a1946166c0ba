import type { JSX } from "hono/jsx/jsx-runtime";
import type { Report } from "../../db/reports/report.ts";
import type { Group } from "../../export/groups.ts";
import { reportAddress } from "../kit/links.ts";
import { keyWords, withTags } from "../tags/asked_tags.ts";

interface GroupLinkProps {
  readonly report: Report;
  readonly group: Group;
  /** The tag of this cell. */
  readonly name: string;
}

/** One of the values of a group. The first one leads to the group's stores. */
export function GroupLink({ report, group, name }: GroupLinkProps): JSX.Element {
  const value = group[name] ?? <span class="quiet">no {keyWords(name)}</span>;
  if (name !== report.request.groupBy[0]) return <td>{value}</td>;
  return (
    <th scope="row">
      <a href={groupStores(report.reportId, group)}>{value}</a>
    </th>
  );
}

/** The address of the rows of a group's stores. */
export function groupStores(reportId: string, group: Group): string {
  const present = Object.entries(group).filter((entry): entry is [string, string] => entry[1] !== null);
  const absent = Object.keys(group).filter((key) => group[key] === null).map((key) => ["without", key]);
  const path = `${reportAddress(reportId)}${absent.length === 0 ? "" : `?${new URLSearchParams(absent)}`}`;
  const filter = Object.fromEntries(present.map(([key, value]) => [key, [value]]));
  return `${withTags(path, present.length === 0 ? undefined : filter)}#rows`;
}
