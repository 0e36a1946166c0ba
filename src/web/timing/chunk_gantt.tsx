import type { JSX } from "hono/jsx/jsx-runtime";
import type { ChunkRecord } from "../../db/reports/chunks.ts";
import { counted, milliseconds } from "../kit/numbers.ts";
import { endOf, type Lane, lanesOf } from "./lanes.ts";

const LANE = 18;
const BAR = 14;
const PHASES = ["waitMs", "fetchMs", "computeMs", "writeMs"] as const;
type Phase = (typeof PHASES)[number];
const PHASE_WORDS: Record<Phase, string> = {
  waitMs: "waiting",
  fetchMs: "reading",
  computeMs: "computing",
  writeMs: "writing",
};

/** When workers computed each chunk of a report, and how long each phase took. */
export function ChunkGantt({ chunks }: { chunks: readonly ChunkRecord[] }): JSX.Element {
  const lanes = lanesOf(chunks);
  const end = Math.max(1, ...chunks.map(endOf));
  const height = lanes.length * LANE;
  return (
    <section aria-labelledby="timing">
      <h2 id="timing">Processing time</h2>
      <div class="gantt">
        <ol aria-hidden="true">{lanes.map((lane, index) => <li>{nameOf(lane, lanes[index - 1])}</li>)}</ol>
        <svg
          viewBox={`0 0 1000 ${height}`}
          height={height}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${counted(chunks.length, "chunk")} in ${milliseconds(end)}. The file below has all times`}
        >
          {lanes.map((lane, index) => (
            <g transform={`translate(0 ${index * LANE + 2})`}>
              {lane.chunks.map((chunk) => <Bar chunk={chunk} scale={1000 / end} />)}
            </g>
          ))}
        </svg>
        <p class="scale" aria-hidden="true">
          <span>0</span>
          <span>{milliseconds(end)}</span>
        </p>
      </div>
      <p class="legend">
        {PHASES.map((phase) => (
          <span>
            <svg class="key" viewBox="0 0 1 1" aria-hidden="true">
              <rect class={phase} width="1" height="1" />
            </svg>
            {PHASE_WORDS[phase]} {milliseconds(chunks.reduce((sum, chunk) => sum + chunk[phase], 0))}
          </span>
        ))}
      </p>
    </section>
  );
}

function nameOf({ worker }: Lane, above: Lane | undefined): string {
  if (worker === above?.worker) return "";
  return worker === 0 ? "Main" : `Worker ${worker}`;
}

function Bar({ chunk, scale }: { chunk: ChunkRecord; scale: number }): JSX.Element {
  let at = chunk.begunMs;
  return (
    <g>
      <title>{words(chunk)}</title>
      {PHASES.map((phase) => {
        const start = at;
        at += chunk[phase];
        return (
          <rect class={phase} x={(start * scale).toFixed(2)} width={(chunk[phase] * scale).toFixed(2)} height={BAR} />
        );
      })}
    </g>
  );
}

function words(chunk: ChunkRecord): string {
  const phases = PHASES.map((phase) => `${PHASE_WORDS[phase]} ${chunk[phase].toFixed(1)} ms`);
  return `Chunk ${chunk.number}: ${counted(chunk.stores, "store")}, ${counted(chunk.polls, "poll")}; ${
    phases.join(", ")
  }`;
}
