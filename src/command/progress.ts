import { plainText } from "../plain_text.ts";

export interface ProgressBar {
  /** Shows `done` of `total` in any unit. `count` (by default `done`) is the number that the rate counts. */
  update(done: number, total: number, more?: { readonly count?: number; readonly note?: string }): void;
  /** Clears the bar, to make room for the result. */
  end(): void;
}

export interface ProgressOptions {
  readonly label: string;
  /** What is counted: "rows". */
  readonly unit: string;
  /** Whether a line can be overwritten. */
  readonly isTerminal: boolean;
  readonly write: (text: string) => void;
  /** Milliseconds. */
  readonly now: () => number;
}

/** A terminal gets a moving bar. Elsewhere, such as in a CI log, a new line appears every 5 s. */
const INTERVAL_MS = { terminal: 100, elsewhere: 5_000 };
const BAR_WIDTH = 24;

/** Shows progress on standard error. */
export function progressOnTerminal(label: string, unit: string): ProgressBar {
  const encoder = new TextEncoder();
  return progressBar({
    label: plainText(label),
    unit,
    isTerminal: Deno.stderr.isTerminal(),
    write: (text) => Deno.stderr.writeSync(encoder.encode(text)),
    now: () => performance.now(),
  });
}

/** A progress bar for any writer: bar, percent, count, rate, time left. */
export function progressBar({ label, unit, isTerminal, write, now }: ProgressOptions): ProgressBar {
  const startedAt = now();
  const interval = isTerminal ? INTERVAL_MS.terminal : INTERVAL_MS.elsewhere;
  let shownAt = isTerminal ? -Infinity : startedAt;
  let lastNote: string | undefined;
  return {
    update(done, total, { count = done, note } = {}) {
      const time = now();
      if (time - shownAt < interval && !(isTerminal && note !== lastNote)) return;
      shownAt = time;
      lastNote = note;
      const line = progressLine({
        label,
        unit,
        done,
        total,
        count,
        note,
        elapsed: time - startedAt,
        withBar: isTerminal,
      });
      write(isTerminal ? `\r${line}\x1b[K` : `${line}\n`);
    },
    end() {
      if (isTerminal) write("\r\x1b[K");
    },
  };
}

interface ProgressLine {
  readonly label: string;
  readonly unit: string;
  readonly done: number;
  readonly total: number;
  readonly count: number;
  readonly note: string | undefined;
  /** Milliseconds. */
  readonly elapsed: number;
  readonly withBar: boolean;
}

function progressLine({ label, unit, done, total, count, note, elapsed, withBar }: ProgressLine): string {
  const part = total > 0 ? Math.min(done / total, 1) : 0;
  const filled = Math.round(part * BAR_WIDTH);
  const bar = withBar ? `${"█".repeat(filled)}${"░".repeat(BAR_WIDTH - filled)} ` : "";
  const rate = elapsed > 0 ? `, ${whole(count / (elapsed / 1000))} ${unit}/s` : "";
  const left = part > 0 && part < 1 && elapsed > 0 ? `, ${duration(elapsed * (1 - part) / part)} left` : "";
  return `${label} ${bar}${Math.floor(part * 100)} %, ${whole(count)} ${unit}${rate}${note ? `, ${note}` : left}`;
}

function whole(number: number): string {
  return Math.round(number).toLocaleString("en");
}

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
