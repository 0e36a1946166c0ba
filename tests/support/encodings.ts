/** A text in UTF-16. */
export function utf16(text: string, { order, mark }: { order: "little" | "big"; mark: boolean }): Uint8Array {
  const units = `${mark ? "\ufeff" : ""}${text}`.split("").map((unit) => unit.charCodeAt(0));
  const view = new DataView(new ArrayBuffer(units.length * 2));
  for (const [index, unit] of units.entries()) view.setUint16(index * 2, unit, order === "little");
  return new Uint8Array(view.buffer);
}
