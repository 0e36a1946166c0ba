import type { JSX } from "hono/jsx/jsx-runtime";
import type { Import, ImportKind, Notice, Reject } from "../../db/imports/imports.ts";
import { bytes, count, counted, milliseconds, share } from "../kit/numbers.ts";
import { StoreNames } from "../parts/store_names.tsx";
import { Time } from "../kit/time.tsx";
import { Warnings } from "../parts/warnings.tsx";

export const KIND_WORDS: Record<ImportKind, string> = {
  polls: "Polls",
  hours: "Business hours",
  "special-hours": "Special hours",
  exclusions: "Exclusions",
  timezones: "Time zones",
  stores: "Stores",
};

/** A file that was loaded, with the first of its rejected rows. */
export interface ShownImport extends Import {
  readonly rejects: readonly Reject[];
}

interface ImportListProps {
  readonly imports: readonly ShownImport[];
  /** Whether older ones are left out. */
  readonly more?: boolean;
}

/** Files that were loaded, latest first. */
export function ImportList({ imports, more = false }: ImportListProps): JSX.Element {
  return (
    <section id="imports" aria-labelledby="loaded">
      <h2 id="loaded">Files loaded</h2>
      {imports.length === 0 ? <p class="quiet">None yet.</p> : (
        <ol class="imports">
          {imports.map((file) => (
            <li id={`import-${file.importId}`}>
              <OneImport file={file} />
            </li>
          ))}
        </ol>
      )}
      {more && <p class="quiet">These are the latest {imports.length} files.</p>}
    </section>
  );
}

function OneImport({ file }: { file: ShownImport }): JSX.Element {
  const { source, kind, status, startedAt, finishedAt, rejected, reason } = file;
  return (
    <>
      <p class="title">
        <b>{source}</b> <Outcome file={file} />{" "}
        <span class="quiet">
          {kind === undefined ? "Unknown kind" : KIND_WORDS[kind]}, {bytes(file.bytes)}, <Time at={startedAt} />, took
          {" "}
          {milliseconds((finishedAt - startedAt) / 1000)}
        </span>
      </p>
      {status === "failed" ? <p class="trouble">{reason}.</p> : <Counted file={file} />}
      <Warnings warnings={file.warnings} />
      {file.notices.length > 0 && <Notices notices={file.notices} />}
      {rejected > 0 && <Rejects file={file} />}
    </>
  );
}

function Notices({ notices }: { notices: readonly Notice[] }): JSX.Element {
  return (
    <ul class="notices" aria-label="Notices">
      {notices.map(({ message, count, firstLine }) => (
        <li>
          {message}: {counted(count, "time")}, first on line {firstLine}.
        </li>
      ))}
    </ul>
  );
}

function Counted({ file: { rows, accepted, rejected, changed, storesNew, storesNewFirst } }: FileProps): JSX.Element {
  return (
    <>
      <p>
        {counted(rows, "row")}: {count(accepted)} accepted, {count(rejected)} rejected
        {rejected > 0 && ` (${share(rejected / rows)})`}. {counted(changed, "row")} added or changed.
      </p>
      {storesNew > 0 && <NewStores total={storesNew} stores={storesNewFirst} />}
    </>
  );
}

/** So many ids are quicker to read than to open. */
const FEW = 3;

function NewStores({ total, stores }: { total: number; stores: readonly string[] }): JSX.Element {
  const names = <StoreNames total={total} stores={stores} />;
  if (total <= FEW) return <p>{counted(total, "new store")}: {names}</p>;
  return (
    <details>
      <summary>{counted(total, "new store")}</summary>
      <p>{names}</p>
    </details>
  );
}

interface FileProps {
  readonly file: ShownImport;
}

/** A file with rejected rows must not look like a file that loaded completely. */
function Outcome({ file: { status, accepted, rejected } }: FileProps): JSX.Element {
  if (status === "failed") return <span class="state failed">Not loaded</span>;
  if (rejected === 0) return <span class="state completed">Loaded</span>;
  if (accepted > 0) return <span class="state partly">Loaded in part</span>;
  return <span class="state failed">Nothing loaded</span>;
}

function Rejects({ file: { importId, source, rejected, rejects } }: { file: ShownImport }): JSX.Element {
  return (
    <details class="rejects" open={rejects.length <= 5}>
      <summary>{counted(rejected, "rejected row")}</summary>
      <div class="scroll" tabindex={0} role="region" aria-label={`Rejected rows of ${source}`}>
        <table class="list">
          <thead>
            <tr>
              <th scope="col" class="numeric">Line</th>
              <th scope="col">Column</th>
              <th scope="col">Value</th>
              <th scope="col">Reason</th>
            </tr>
          </thead>
          <tbody>
            {rejects.map(({ line, column, value, reason }) => (
              <tr>
                <td class="numeric">{count(line)}</td>
                <td>{column ?? "–"}</td>
                <td class="value">{value ? <code>{value}</code> : <span class="quiet">empty</span>}</td>
                <td>{reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        {rejected > rejects.length && `These are the first ${rejects.length}. `}
        <a href={`/imports/${importId}/rejects.csv`} download>Download all rejected rows</a>
      </p>
    </details>
  );
}
