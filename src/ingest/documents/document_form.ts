/** Forms of files that are no tables. */
export type DocumentForm = "JSON" | "iCalendar";

/** How many bytes show the form, with blanks before the first character. */
export const FORM_LENGTH = 256;

const FORMS: readonly (readonly [RegExp, DocumentForm])[] = [
  [/^BEGIN:VCALENDAR/i, "iCalendar"],
  [/^(?:\{\s*(?:["}]|$)|\[\s*(?:[{\]]|$))/, "JSON"],
];

/** The form that the first bytes of a file show; undefined for a table. */
export function documentForm(start: Uint8Array): DocumentForm | undefined {
  // Of UTF-16, every other byte of these characters is zero. The decoder drops a mark of UTF-8.
  const bytes = start.subarray(0, FORM_LENGTH).filter((byte) => byte !== 0 && byte !== 0xff && byte !== 0xfe);
  const text = new TextDecoder().decode(bytes).trimStart();
  return FORMS.find(([form]) => form.test(text))?.[1];
}
