import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Assets } from "./asset.ts";
import { Layout, type LayoutProps } from "./layout.tsx";

interface MessageProps extends Pick<LayoutProps, "latest"> {
  readonly assets: Assets;
  readonly title: string;
  readonly children?: Child;
}

/** A page with one message, mostly an error. */
export function MessagePage({ assets, title, latest, children }: MessageProps): JSX.Element {
  return (
    <Layout assets={assets} title={title} latest={latest}>
      <div class="message">
        <h1>{title}</h1>
        {children}
        <p>
          <a class="button" href="/">Go to the overview</a>
        </p>
      </div>
    </Layout>
  );
}
