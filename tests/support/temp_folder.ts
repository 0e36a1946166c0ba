/** An empty folder of a test's own, which others may enter as they may enter a project; removed with all it holds. */
export interface TempFolder extends AsyncDisposable {
  readonly path: string;
}

export async function makeTempFolder(): Promise<TempFolder> {
  const path = await Deno.makeTempDir({ prefix: "storewatch-test-" });
  await Deno.chmod(path, 0o755);
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}
