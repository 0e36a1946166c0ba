/**
 * A file of Linux's /proc; empty elsewhere. By a program, since Deno opens nothing below /proc without all permissions.
 */
export async function readProc(path: string): Promise<string> {
  if (Deno.build.os !== "linux") return "";
  const { stdout } = await new Deno.Command("cat", { args: [`/proc/${path}`] }).output();
  return new TextDecoder().decode(stdout);
}
