import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Micros } from "../../domain/time/interval.ts";
import { InsecureNote, VisitorLine } from "../access/visitor_line.tsx";
import { LatestLine } from "./latest_line.tsx";
import { addressOf, type AssetName, type Assets } from "./asset.ts";

export interface LayoutProps {
  readonly assets: Assets;
  readonly title: string;
  /** What the page is, in a sentence, for search engines and link previews. */
  readonly description?: string | undefined;
  /** The page's place in the navigation. */
  readonly here?: "overview" | "trends" | "reports" | "stores" | "data" | undefined;
  readonly scripts?: readonly AssetName[];
  readonly style?: AssetName;
  /** The page shows work in progress. Without JavaScript, it reloads every few seconds. */
  readonly isLive?: boolean;
  /** The latest poll of all stores, on pages that follow it. */
  readonly latest?: { readonly at: Micros | undefined } | undefined;
  /** The text in the search field. */
  readonly q?: string | undefined;
  /** Without the ways to other pages and the search, which lead a stranger nowhere. */
  readonly isForStrangers?: boolean;
  readonly children?: Child;
}

const PLACES = [
  ["overview", "/", "Overview"],
  ["trends", "/trends", "Trends"],
  ["reports", "/reports", "Reports"],
  ["stores", "/stores", "Stores"],
  ["data", "/data", "Data"],
] as const;

const DESCRIPTION = "Storewatch turns polls of stores, business hours and time zones into uptime and downtime.";

/** The frame of every page. */
export function Layout(props: LayoutProps): JSX.Element {
  const { assets, title, description = DESCRIPTION, here, q, children } = props;
  const { style = "style.css", scripts = [], isLive = false, latest, isForStrangers = false } = props;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{title} · Storewatch</title>
        <meta name="description" content={description} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href={addressOf(assets, "icon.svg")} type="image/svg+xml" />
        <link rel="stylesheet" href={addressOf(assets, style)} />
        {scripts.map((name) => <script type="module" src={addressOf(assets, name)}></script>)}
        {latest && <script type="module" src={addressOf(assets, "follow.js")}></script>}
        {isLive && (
          <noscript>
            <meta http-equiv="refresh" content="3" />
          </noscript>
        )}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <InsecureNote />
        {isForStrangers
          ? (
            <header class="top">
              <Brand />
            </header>
          )
          : <Header here={here} q={q} />}
        {latest && <LatestLine latest={latest.at} />}
        <main id="main" tabindex={-1}>{children}</main>
        {!isForStrangers && <Footer />}
      </body>
    </html>
  );
}

function Header({ here, q }: Pick<LayoutProps, "here" | "q">): JSX.Element {
  return (
    <header class="top">
      <Brand />
      <nav aria-label="Main">
        {PLACES.map(([name, href, label]) => (
          <a href={href} aria-current={name === here ? "page" : undefined}>{label}</a>
        ))}
      </nav>
      <form class="find" action="/stores" role="search">
        <label class="unseen" for="find">Find a store by its name, id or tag</label>
        <input id="find" name="q" type="search" placeholder="Find a store" value={q} autocomplete="off" />
      </form>
    </header>
  );
}

function Brand(): JSX.Element {
  return (
    <a class="brand" href="/">
      <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
        <path class="pulse" d="M3 18h6l3-9 5 15 3-9h9" />
      </svg>
      Storewatch
    </a>
  );
}

function Footer(): JSX.Element {
  return (
    <footer class="bottom">
      <p>Times are in the store's own time zone, unless they say UTC. Point at a time to see it in UTC.</p>
      <p>
        <a href="/docs">API documentation</a>
      </p>
      <VisitorLine />
    </footer>
  );
}
