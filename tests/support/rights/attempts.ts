/** What a thread can do that Storewatch has no need of, and what it needs. Values: "done", or the name of the error. */
export async function attempts(root: string, strangersPort: number): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const attempt = async (name: string, act: () => unknown) => {
    try {
      await act();
      found[name] = "done";
    } catch (error) {
      found[name] = error instanceof Error ? error.name : String(error);
    }
  };
  await attempt("read /etc/passwd", () => Deno.readTextFile("/etc/passwd"));
  await attempt(
    "read the project's own settings",
    () => Deno.readTextFile(`${root}/deno.json`),
  );
  await attempt("write into the program", () => Deno.writeTextFile(`${root}/src/new.ts`, ""));
  await attempt("connect to another port", async () => (await Deno.connect({ port: strangersPort })).close());
  await attempt("fetch from another host", async () => (await fetch("http://192.0.2.1/")).body?.cancel());
  await attempt("listen on another port", () => Deno.listen({ hostname: "127.0.0.1", port: strangersPort }).close());
  await attempt("run sh", () => new Deno.Command("sh", { args: ["-c", "true"] }).output());
  await attempt("run Deno", () => new Deno.Command(Deno.execPath(), { args: ["--version"] }).output());
  await attempt("load a library", () => Deno.dlopen("libc.so.6", {}).close());
  await attempt("read a variable of another program", () => Deno.env.get("AWS_SECRET_ACCESS_KEY"));
  await attempt("ask for more", async () => {
    const { state } = await Deno.permissions.request({ name: "read" });
    if (state !== "granted") throw new Deno.errors.NotCapable(state);
  });
  return found;
}
