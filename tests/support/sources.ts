import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the project. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The paths of all sources in a folder of the project, from the project on. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(join(ROOT, folder)));
  const nested = await Promise.all(
    entries.filter(({ name }) => name !== "node_modules").map((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory ? filesBelow(path) : /\.tsx?$/.test(path) ? [path] : [];
    }),
  );
  return nested.flat();
}
