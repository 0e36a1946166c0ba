import project from "../../deno.json" with { type: "json" };
import { SCOPE_WORDS, SCOPES } from "../../src/domain/access/scope.ts";
import { PROBLEMS } from "../../src/http/kit/problem_kinds.ts";
import { SETTINGS } from "../../src/settings.ts";
import { readOpenApi } from "../support/read_openapi.ts";

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

export function taskRows(): string {
  const rows = Object.entries(project.tasks).map(([name, { description }]) => [`\`deno task ${name}\``, description]);
  return table(["command", "what it does"], rows);
}

export function settingRows(): string {
  const rows = Object.entries(SETTINGS).map(([name, { what, otherwise }]) => [`\`${name}\``, what, otherwise]);
  return table(["variable", "what it sets", "if not set"], rows);
}

export function problemRows(): string {
  const rows = Object.entries(PROBLEMS).map(([name, { status, title, help }]) => ({ name, status, title, help }));
  rows.sort((a, b) => a.status - b.status);
  return table(
    ["type", "status", "title", "what to do"],
    rows.map(({ name, status, title, help }) => [`\`/problems/${name}\``, String(status), title, help]),
  );
}

const METHODS = ["get", "post", "put", "patch", "delete"] as const;

export async function operationRows(): Promise<string> {
  const { paths } = await readOpenApi();
  const rows = Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const summary = item[method]?.summary;
      return summary === undefined ? [] : [[`\`${method.toUpperCase()} ${path}\``, summary]];
    })
  );
  return table(["request", "what it does"], rows);
}

export function scopeRows(): string {
  return table(["scope", "what it allows"], SCOPES.map((scope) => [`\`${scope}\``, SCOPE_WORDS[scope]]));
}
