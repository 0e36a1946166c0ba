/**
 * Becomes another program: the process keeps its id, its terminal and its files, so that signals and exit codes need no passing on. Where
 * the system cannot do that, the program runs as a child, and this process ends as it does.
 */
export async function become(program: string, args: readonly string[]): Promise<never> {
  if (Deno.build.os !== "windows") replaceProcess(program, args);
  Deno.exit(await runChild(program, args));
}

const LIBRARIES = { linux: "libc.so.6", darwin: "libSystem.dylib" };

/** Comes back only if it fails. */
function replaceProcess(program: string, args: readonly string[]): void {
  const name = Deno.build.os === "darwin" ? LIBRARIES.darwin : LIBRARIES.linux;
  try {
    const library = Deno.dlopen(name, { execv: { parameters: ["buffer", "buffer"], result: "i32" } });
    const words = [program, ...args].map((word) => new TextEncoder().encode(`${word}\0`));
    const pointers = words.map((word) => Deno.UnsafePointer.value(Deno.UnsafePointer.of(word)));
    const [path = new Uint8Array(1)] = words;
    library.symbols.execv(path, new Uint8Array(BigUint64Array.from([...pointers, 0n]).buffer));
    library.close();
  } catch {
    // A system with another library: a child does it, too.
  }
}

async function runChild(program: string, args: readonly string[]): Promise<number> {
  const child = new Deno.Command(program, { args: [...args], stdin: "inherit", stdout: "inherit", stderr: "inherit" })
    .spawn();
  // A terminal signals both. What another process sends reaches only this one.
  for (const signal of ["SIGINT", ...Deno.build.os === "windows" ? [] : ["SIGTERM"] as const] as const) {
    Deno.addSignalListener(signal, () => pass(child, signal));
  }
  return (await child.status).code;
}

function pass(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch {
    // It has ended already.
  }
}
