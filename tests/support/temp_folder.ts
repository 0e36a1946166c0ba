/** An empty folder of a test's own, which others may enter as they may enter a project; removed with all it holds. */
export interface TempFolder extends AsyncDisposable {
  readonly path: string;
}

export async function makeTempFolder(where: { dir?: string } = {}): Promise<TempFolder> {
  const path = await Deno.makeTempDir({ prefix: "storewatch-test-", ...where });
  await Deno.chmod(path, 0o755);
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}
