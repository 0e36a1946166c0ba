/** Comments, texts and patterns, which may hold brackets and commas that are no code. */
const NO_CODE =
  /\/\*[\s\S]*?\*\/|\/\/.*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|(?<=[(,=:[!&|?{};]\s*|return )\/(?:\\.|\[(?:\\.|[^\]\n\\])*\]|[^/\\\n[])+\/[a-z]*/y;
const TEMPLATE_TEXT = /(?:\\[\s\S]|\$(?!\{)|[^`$\\])*/y;

/** Where a file is read: in the text of a template, or in code with so many open braces. */
type Place = { readonly isTemplate: boolean; braces: number };

/** A TypeScript file with `""` for each text, comment and pattern. Lines stay. What a template computes stands in `[]`. */
export function codeOnly(source: string): string {
  let [code, at] = ["", 0];
  /** From the outside in. */
  const places: Place[] = [];
  while (at < source.length) {
    const place = places.at(-1);
    const pattern = place?.isTemplate ? TEMPLATE_TEXT : NO_CODE;
    pattern.lastIndex = at;
    const text = pattern.exec(source)?.[0] ?? "";
    if (text !== "") code += `""${text.replaceAll(/[^\n]/g, "")}`;
    else code += turn(places, source[at] ?? "");
    // In a template, only "${" and "`" are no text.
    at += text.length || (place?.isTemplate && source[at] === "$" ? 2 : 1);
  }
  return code;
}

/** Goes into and out of templates. @returns what stands for the character */
function turn(places: Place[], char: string): string {
  const place = places.at(-1);
  if (char === "`" && place?.isTemplate) return places.pop(), "";
  if (char === "`") return places.push({ isTemplate: true, braces: 0 }), "";
  if (place?.isTemplate) return places.push({ isTemplate: false, braces: 0 }), "[";
  if (char === "}" && place?.braces === 0) return places.pop(), "]";
  if (place !== undefined && "{}".includes(char)) place.braces += char === "{" ? 1 : -1;
  return char;
}
