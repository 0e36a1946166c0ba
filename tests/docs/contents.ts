/** A heading of a page and the anchor by which links reach it. */
export interface Heading {
  readonly level: number;
  readonly title: string;
  readonly anchor: string;
}

/** The headings of a page, without those of code blocks. */
export function headingsOf(page: string): Heading[] {
  const text = page.replaceAll(/^```[^]*?^```$/gm, "");
  const headings = [...text.matchAll(/^(#+) (.+)$/gm)];
  return headings.map(([, marks = "", title = ""]) => ({ level: marks.length, title, anchor: anchorOf(title) }));
}

/** Anchors as GitHub makes them: words in lower case, joined by hyphens. */
function anchorOf(title: string): string {
  return title.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, "").trim().replaceAll(/\s/g, "-");
}

/** A list of links to the second-level headings of a page, but its own. */
export function contentsOf(page: string): string {
  const headings = headingsOf(page).filter(({ level, title }) => level === 2 && title !== "Contents");
  return headings.map(({ title, anchor }) => `- [${title}](#${anchor})`).join("\n");
}
