import type { Page } from "playwright-core";

/** Red, green, blue: 0 to 255. */
export type Color = readonly [number, number, number];

/** A computed colour of the first element that fits: its `fill`, `stroke`, `color`, or what it has as background. */
export async function colorOf(page: Page, selector: string, property: string): Promise<Color> {
  await page.locator(selector).first().waitFor({ state: "attached" });
  const text = await page.evaluate<string>(`(() => {
    let part = document.querySelector(${JSON.stringify(selector)});
    const read = () => getComputedStyle(part).getPropertyValue("${property}");
    // A background that is clear shows what lies under it.
    const isClear = () => "${property}" === "background-color" && read().endsWith(", 0)");
    while (isClear() && part.parentElement !== null) part = part.parentElement;
    return read();
  })()`);
  const [red = NaN, green = NaN, blue = NaN] = (text.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
}

/** By WCAG 2.2: 1 to 21. */
export function contrast(one: Color, other: Color): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** By WCAG 2.2: 0 to 1. */
export function luminance(color: Color): number {
  const [red = 0, green = 0, blue = 0] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
