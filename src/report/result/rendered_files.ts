import { renderedPath, type RenderFile, type Rendering } from "./rendered_file.ts";
import { unlessMissing } from "./stored_result.ts";

/**
 * Renders each file once, however many ask for it, and one file after the other: each takes memory and a processor for some seconds.
 */
export class RenderedFiles {
  readonly #render: RenderFile;
  readonly #underWay = new Map<string, Promise<void>>();
  #last: Promise<void> = Promise.resolve();

  constructor(render: RenderFile) {
    this.#render = render;
  }

  /** Ends when the file is there. */
  async need(rendering: Rendering): Promise<void> {
    const path = renderedPath(rendering);
    const known = this.#underWay.get(path);
    if (known !== undefined) return await known;
    if (await unlessMissing(Deno.stat(path)) !== undefined) return;
    await (this.#underWay.get(path) ?? this.#begin(path, rendering));
  }

  #begin(path: string, rendering: Rendering): Promise<void> {
    const rendered = this.#last.then(() => this.#render(rendering)).finally(() => this.#underWay.delete(path));
    this.#last = rendered.catch(() => {});
    this.#underWay.set(path, rendered);
    return rendered;
  }
}
