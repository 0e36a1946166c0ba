export interface Row {
  readonly line: number;
  readonly fields: string[];
}

/** Text as rows, a character at a time. */
export function split(text: string): Row[] | undefined {
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
  let skipped = 0;
  const skipBlank = () => {
    while (skipped < lines.length && lines[skipped]?.trim() === "") skipped++;
  };
  skipBlank();
  const first = lines[skipped] ?? "";
  let separator = /^ *"?sep=([^"]*?)"? *$/i.exec(first)?.[1];
  if (separator !== undefined || /^"?#TYPE(\s|$)/i.test(first)) skipped++;
  if (separator === "\\t") separator = "\t";
  if (separator !== undefined && ![",", ";", "\t", "|"].includes(separator)) {
    return undefined;
  }
  skipBlank();
  const ends = text.replace(/^\ufeff/, "").split(/(\r\n|\r|\n)/);
  const rest = ends.slice(2 * skipped).join("");
  return records(rest, skipped + 1, separator ?? mostIn(rest));
}

function mostIn(text: string): string {
  const header = (/^(?:"[^"]*"|[^"\r\n])*/.exec(text)?.[0] ?? "").replaceAll(
    /"[^"]*"/g,
    "",
  );
  const counts = [",", ";", "\t", "|"].map((each) => ({
    each,
    count: header.split(each).length,
  }));
  return counts.reduce((a, b) => (b.count > a.count ? b : a)).each;
}

function records(
  text: string,
  firstLine: number,
  separator: string,
): Row[] | undefined {
  const rows: Row[] = [];
  let [at, line] = [0, firstLine];
  while (at < text.length) {
    const start = at;
    const fields: string[] = [];
    for (;;) {
      const field = fieldAt(text, at, separator);
      if (field === undefined) return undefined;
      fields.push(field.text);
      at = field.end;
      if (text[at] !== separator) break;
      at++;
    }
    at += text.startsWith("\r\n", at) ? 2 : 1;
    if (fields.length > 1 || fields[0]?.trim() !== "") {
      rows.push({ line, fields });
    }
    line += text.slice(start, at).split(/\r\n|\r|\n/).length - 1;
  }
  return rows;
}

function fieldAt(
  text: string,
  from: number,
  separator: string,
): { text: string; end: number } | undefined {
  const blank = separator === "\t" ? " " : " \t";
  let at = from;
  while (at < text.length && blank.includes(text[at] ?? "")) at++;
  if (text[at] === '"') {
    let content = "";
    for (at++;; at++) {
      if (at >= text.length) return undefined;
      if (text[at] !== '"') content += text[at];
      else if (text[at + 1] === '"') content += text[at++];
      else break;
    }
    at++;
    while (at < text.length && blank.includes(text[at] ?? "")) at++;
    if (at >= text.length || [separator, "\r", "\n"].includes(text[at] ?? "")) {
      return { text: content, end: at };
    }
  }
  let end = from;
  while (
    end < text.length && ![separator, "\r", "\n"].includes(text[end] ?? "")
  ) end++;
  return { text: text.slice(from, end), end };
}
