import { Problem } from "./problem.ts";
import { invalidParameters } from "./validation.ts";

/** The two ways in which browsers, curl and Postman send a form. */
export const FORM_TYPES = ["application/x-www-form-urlencoded", "multipart/form-data"] as const;

export function isFormType(type: string): boolean {
  return FORM_TYPES.some((known) => known === type);
}

/** Much more than parameters have. */
const MOST_CHARACTERS = 65_536;

/**
 * Reads a form as the JSON that says the same. A field that was left empty is not given; a name that occurs twice becomes a list.
 *
 * @throws {Problem} if the form cannot be read, or brings a file
 */
export async function formAsJson(text: string, contentType: string): Promise<string> {
  if (text.length > MOST_CHARACTERS) {
    throw new Problem("body-too-large", `A form may have ${MOST_CHARACTERS} characters`);
  }
  const form = await readForm(text, contentType);
  const members = [...new Set(form.keys())].map((name) => [name, valueOf(form.getAll(name))]);
  return JSON.stringify(Object.fromEntries(members.filter(([, value]) => value !== undefined)));
}

async function readForm(text: string, contentType: string): Promise<FormData> {
  // The parser would take a part for the whole.
  const [, boundary] = /boundary="?([^";]+)/i.exec(contentType) ?? [];
  if (boundary !== undefined && !text.trimEnd().endsWith(`--${boundary}--`)) throw brokenForm();
  try {
    return await new Response(text, { headers: { "Content-Type": contentType } }).formData();
  } catch (cause) {
    throw brokenForm(cause);
  }
}

/** The problem of a form that ends too early, unless the cause says it better. */
export function brokenForm(cause?: unknown): Problem {
  return cause instanceof Problem ? cause : new Problem("malformed-body", "The form is not whole", { cause });
}

function valueOf(values: readonly FormDataEntryValue[]): unknown {
  const given = values.filter((value) => value !== "");
  return given.length > 1 ? given.map(textOf) : given.map(textOf)[0];
}

function textOf(value: FormDataEntryValue): string {
  if (typeof value === "string") return value;
  throw invalidParameters([{ parameter: value.name || "file", reason: "is a file: load files with POST /imports" }]);
}
