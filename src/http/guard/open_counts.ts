/** How many may be open at a time. */
export interface OpenLimits {
  /** Of one client. */
  readonly each: number;
  /** Of all clients together. */
  readonly all: number;
}

/** Counts what clients keep open, such as event streams, and lets each have so many at a time. */
export class OpenCounts {
  readonly #limits: OpenLimits;
  readonly #counts = new Map<string, number>();
  #all = 0;

  constructor(limits: OpenLimits) {
    this.#limits = limits;
  }

  get all(): number {
    return this.#all;
  }

  /**
   * Counts one more.
   *
   * @param client undefined: it counts only among all
   * @returns what ends it, however often that is called; undefined if too many are open
   */
  open(client: string | undefined): (() => void) | undefined {
    const open = client === undefined ? 0 : this.#counts.get(client) ?? 0;
    if (open >= this.#limits.each || this.#all >= this.#limits.all) return undefined;
    this.#all++;
    if (client !== undefined) this.#counts.set(client, open + 1);
    let isOpen = true;
    return () => {
      if (isOpen) this.#close(client);
      isOpen = false;
    };
  }

  #close(client: string | undefined): void {
    this.#all--;
    if (client === undefined) return;
    const left = (this.#counts.get(client) ?? 1) - 1;
    if (left > 0) this.#counts.set(client, left);
    else this.#counts.delete(client);
  }
}
