import { readProc } from "./proc.ts";

/** What the numbers were measured on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly os: string;
  readonly deno: string;
  readonly v8: string;
}

export async function describeMachine(): Promise<Machine> {
  return {
    cpu: await cpuName(),
    cores: navigator.hardwareConcurrency,
    memoryGb: Math.round(Deno.systemMemoryInfo().total / 2 ** 30),
    os: `${Deno.build.os} ${Deno.osRelease()} ${Deno.build.arch}`,
    deno: Deno.version.deno,
    v8: Deno.version.v8,
  };
}

async function cpuName(): Promise<string> {
  return /^model name\s*:\s*(.+)$/m.exec(await readProc("cpuinfo"))?.[1] ?? "unknown CPU";
}
