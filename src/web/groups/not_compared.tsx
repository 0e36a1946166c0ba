import type { JSX } from "hono/jsx/jsx-runtime";
import type { GroupColumns } from "./group_head.tsx";
import type { GroupLine } from "./group_lines.ts";

interface NotComparedProps {
  readonly lines: readonly (GroupLine | undefined)[];
  readonly columns: GroupColumns;
}

/** Why some lines of a table have no change. Nothing if all have one. */
export function NotCompared({ lines, columns }: NotComparedProps): JSX.Element | null {
  if (!columns.hasChange || lines.every((line) => line?.change !== undefined)) return null;
  return <p class="note">No change is shown where less than half of one of the two times was observed.</p>;
}
