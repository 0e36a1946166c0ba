import type { JSX } from "hono/jsx/jsx-runtime";
import type { StoreMark } from "../../db/imports/marks.ts";
import { ownWarning } from "../../domain/warning.ts";
import { Time } from "../kit/time.tsx";

/** Which data of the store was rejected, so that its numbers may be wrong. */
export function StoreMarks({ marks }: { marks: readonly StoreMark[] }): JSX.Element | null {
  if (marks.length === 0) return null;
  return (
    <ul class="warnings" aria-label="Warnings">
      {marks.map(({ code, markedAt, importId, source }) => (
        <li class="trouble">
          {ownWarning(code)}. Since <Time at={markedAt} />.{" "}
          {importId !== undefined && (
            <a href={`/imports/${importId}/rejects.csv`} download>Download the rejected rows of {source}</a>
          )}
        </li>
      ))}
    </ul>
  );
}
