/** The code that a library gave an error, such as `ENOENT` or Postgres' `40001`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && error.code !== undefined ? String(error.code) : undefined;
}
