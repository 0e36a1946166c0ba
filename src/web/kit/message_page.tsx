import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Assets } from "./asset.ts";
import { Layout } from "./layout.tsx";

interface MessageProps {
  readonly assets: Assets;
  readonly title: string;
  readonly children?: Child;
}

/** A page with one message, mostly an error. */
export function MessagePage({ assets, title, children }: MessageProps): JSX.Element {
  return (
    <Layout assets={assets} title={title}>
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
