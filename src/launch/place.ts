import { dirname, join, resolve } from "node:path";
import { SHARED_FOLDER, sharedHome } from "../postgres_embedded/home.ts";
import { socketFolder } from "../postgres_embedded/sockets.ts";
import type { Place } from "./needs.ts";
import type { Permissions } from "./permissions.ts";

/** Looks where the parts of an installation lie. */
export async function findPlace(project: string, dataFolder: string): Promise<Place> {
  const data = realPath(dataFolder);
  const home = realPath(`${data}/postgres`);
  const uid = Deno.uid() ?? 0;
  const owner = await Deno.stat(home).then((info) => info.uid ?? uid, () => uid);
  const isRoot = uid === 0;
  const homes = [home, ...isRoot ? [await sharedHome(`${data}/postgres`)] : []];
  const folders = await Promise.all(homes.map((folder) => socketFolder(folder, owner)));
  return {
    project,
    embedded: [data, home, ...isRoot ? [SHARED_FOLDER] : []],
    sockets: [...folders, ...await runningSockets(home)].map((folder) => `${folder}/.s.PGSQL.5432`),
    isRoot,
  };
}

/** The folder of the socket of a server that an earlier version started, which chose another one. */
async function runningSockets(home: string): Promise<string[]> {
  const lines = await Deno.readTextFile(`${home}/data/postmaster.pid`).then((text) => text.split("\n"), () => []);
  return lines[4] ? [lines[4]] : [];
}

/** Names each path in full, and where it leads if it is a link: Deno compares paths as they are asked for. */
export function withRealPaths(permissions: Permissions): Permissions {
  const both = (paths: readonly string[]) => [
    ...new Set(paths.flatMap((path) => [resolve(path), realPath(path)]).map(withoutComma)),
  ];
  return { ...permissions, read: both(permissions.read), write: both(permissions.write) };
}

/** Deno's flags cannot name a path with a comma, so the folder above it is allowed. */
function withoutComma(path: string): string {
  return path.includes(",") ? withoutComma(dirname(path)) : path;
}

/** Where a path leads, also if its end does not exist yet. */
function realPath(path: string): string {
  const full = resolve(path);
  try {
    return Deno.realPathSync(full);
  } catch {
    const parent = dirname(full);
    return parent === full ? full : join(realPath(parent), full.slice(parent.length));
  }
}
