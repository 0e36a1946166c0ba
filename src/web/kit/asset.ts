import { createHash } from "node:crypto";

/** A file that pages refer to. Its address changes with its content, so browsers may keep it for ever. */
export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

const FOLDER = new URL("../", import.meta.url);

/** The parts of each asset. Styles and scripts are written in several files and served as one. */
const SOURCES = {
  "style.css": [
    "base",
    "frame",
    "forms",
    "report_form",
    "progress",
    "tables",
    "tags",
    "calendar",
    "marks",
    "overview",
    "report",
    "groups",
    "week",
    "warnings",
    "now",
    "sure",
    "trends",
    "access",
    "print",
  ].map(
    (name) => `styles/${name}.css`,
  ),
  "docs.css": ["base", "frame", "tables", "docs"].map((name) => `styles/${name}.css`),
  "sheet.css": ["styles/sheet.css"],
  "sheet.js": ["scripts/sheet.js"],
  "live.js": ["scripts/fetch_page.js", "scripts/renew.js", "scripts/live.js"],
  "follow.js": ["scripts/fetch_page.js", "scripts/follow.js"],
  "rows.js": ["scripts/fetch_page.js", "scripts/rows.js"],
  "upload.js": ["scripts/upload.js"],
  "week.js": ["scripts/week.js", "scripts/choose_span.js"],
  "icon.svg": ["icon.svg"],
} as const satisfies Record<string, readonly string[]>;

export type AssetName = keyof typeof SOURCES;
export type Assets = ReadonlyMap<string, Asset>;

const TYPES: Record<string, string> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

/** Reads all assets. */
export async function readAssets(): Promise<Assets> {
  return new Map(
    await Promise.all(
      Object.entries(SOURCES).map(async ([name, sources]) => [name, await readAsset(name, sources)] as const),
    ),
  );
}

/** Where a browser finds an asset. */
export function addressOf(assets: Assets, name: AssetName): string {
  return assets.get(name)?.path ?? "";
}

async function readAsset(name: string, sources: readonly string[]): Promise<Asset> {
  const texts = await Promise.all(sources.map((source) => Deno.readTextFile(new URL(source, FOLDER))));
  const body = new TextEncoder().encode(texts.map(withoutImports).join("\n"));
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 10);
  const [stem, extension = ""] = name.split(".");
  return { path: `/assets/${stem}.${hash}.${extension}`, type: TYPES[extension] ?? "text/plain", body };
}

/** Scripts import from each other. In one file, they need no imports and exports. */
function withoutImports(text: string): string {
  return text.replaceAll(/^import .*\n/gm, "").replaceAll(/^export /gm, "");
}
