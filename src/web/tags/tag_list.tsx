import type { JSX } from "hono/jsx/jsx-runtime";
import { keyWords, withTags } from "./asked_tags.ts";

/** The tags of a store. Each leads to the stores that have it. */
export function TagList({ tags }: { tags: Readonly<Record<string, string>> }): JSX.Element | null {
  const entries = Object.entries(tags);
  if (entries.length === 0) return null;
  return (
    <ul class="tag-list" aria-label="Tags">
      {entries.map(([key, value]) => (
        <li>
          <a href={withTags("/stores", { [key]: [value] })}>
            <span class="quiet">{keyWords(key)}</span> {value}
          </a>
        </li>
      ))}
    </ul>
  );
}
