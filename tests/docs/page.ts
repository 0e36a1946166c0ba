import { fileURLToPath } from "node:url";
import { commandSections } from "./commands.ts";
import { contentsOf } from "./contents.ts";
import { flappingTable } from "./flapping_table.ts";
import { licenceRows } from "./licences.ts";
import { operationRows, problemRows, scopeRows, settingRows, taskRows } from "./tables.ts";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What makes each part of a page, from the code or from the page as it is so far. */
const PARTS: Readonly<Record<string, (page: string) => string | Promise<string>>> = {
  commands: commandSections,
  operations: operationRows,
  licences: licenceRows,
  problems: problemRows,
  scopes: scopeRows,
  settings: settingRows,
  tasks: taskRows,
  flapping: flappingTable,
  contents: contentsOf,
};

/** The paths of all pages of the documentation, the front door first. */
export async function pagePaths(): Promise<string[]> {
  const names = await Array.fromAsync(Deno.readDir(`${ROOT}docs`), ({ name }) => `docs/${name}`);
  return ["README.md", "CONTRIBUTING.md", "SECURITY.md", ...names.filter((path) => path.endsWith(".md")).sort()];
}

export async function readPage(path: string): Promise<string> {
  return await Deno.readTextFile(`${ROOT}${path}`);
}

/** A page with its generated parts. A part stands between `<!-- made: NAME -->` and `<!-- end -->`. */
export async function madePage(page: string): Promise<string> {
  let made = page;
  for (const [name, make] of Object.entries(PARTS)) {
    const [start, end] = [`<!-- made: ${name} -->`, "<!-- end -->"];
    const pattern = new RegExp(`^${start}\n[^]*?^${end}$`, "m");
    if (!pattern.test(made)) continue;
    const part = `${start}\n\n${await make(made)}\n\n${end}`;
    made = made.replace(pattern, () => part);
  }
  return made;
}
