// Renders a report to a file, and says how long that took and how much memory this process had at the most.
import { DEFAULT_REQUEST } from "../../src/domain/report_request.ts";
import { CLASSIC_WINDOWS } from "../../src/domain/time/window_list.ts";
import { rowsOfReport, writeRendering } from "../../src/report/result/report_rows.ts";
import { readExactResult } from "../../src/report/result/stored_result.ts";
import { RENDERERS } from "../../src/export/renderers.ts";
import { readProc } from "./proc.ts";

const [folder = "", reportId = "", format = ""] = Deno.args;
const isFormat = (name: string): name is keyof typeof RENDERERS => Object.hasOwn(RENDERERS, name);
if (!isFormat(format)) throw new RangeError(`Expected a format, not "${format}"`);

const begun = performance.now();
const result = await readExactResult(folder, reportId);
if (result === undefined || result === "classic CSV only") throw new Error("There is no result");
const path = `${folder}/${reportId}.${format}`;
const request = { ...DEFAULT_REQUEST, groupBy: ["region"], windows: CLASSIC_WINDOWS };
await writeRendering(path, format, rowsOfReport({ request, asOf: Date.UTC(2026, 0, 1) * 1000, warnings: [] }, result));
const ms = performance.now() - begun;
const { size: bytes } = await Deno.stat(path);
await Deno.remove(path);
const [, kilobytes = ""] = /VmHWM:\s+(\d+) kB/.exec(await readProc(`${Deno.pid}/status`)) ?? [];
console.log(JSON.stringify({ ms, bytes, peakMemory: Number(kilobytes) * 1024 || Deno.memoryUsage().rss }));
