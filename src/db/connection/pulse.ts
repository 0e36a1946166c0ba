import { setTimeout as delay } from "node:timers/promises";
import { type DatabaseAddress, openPool, type Sql } from "./address.ts";
import { type BackendState, type Guardian, Wire, type WireTarget } from "./wire.ts";

const PATIENCE_MS = 2_500;

/** Looks on connections of its own whether a Postgres lives, and what the backends of others do there. */
export class Pulse implements Guardian {
  readonly #address: DatabaseAddress;
  /** Backends whose connection was dropped here. They may not know yet. */
  readonly #orphans = new Set<number>();
  #reaching: Promise<boolean | undefined> | undefined;

  constructor(address: DatabaseAddress) {
    this.#address = address;
  }

  async examine(backend: number | undefined): Promise<BackendState> {
    return await this.#ask(async (sql) => {
      const rows = await sql`
        select from pg_stat_activity
        where pid = ${
        backend ?? 0
      } and state <> 'idle' and state not like 'idle in%' and wait_event_type is distinct from 'Client'`;
      return rows.length > 0 ? "works" : "waits for us";
    }) ?? "unreachable";
  }

  /** Calls at the same time share one answer. */
  async isReachable(): Promise<boolean> {
    this.#reaching ??= this.#ask(async (sql) => (await sql`select`).length > 0)
      .finally(() => this.#reaching = undefined);
    return await this.#reaching ?? false;
  }

  /** Notes a backend whose connection is being dropped. */
  mourn(backend: number | undefined): void {
    if (backend !== undefined) this.#orphans.add(backend);
  }

  /**
   * Ends the backends whose connection was dropped: the network that was cut may not have said so, and they would hold
   * their locks for hours.
   */
  async endOrphans(): Promise<void> {
    if (this.#orphans.size === 0) return;
    const backends = [...this.#orphans];
    this.#orphans.clear();
    const ended = await this.#ask(async (sql) =>
      await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where pid = any(${backends}::integer[]) and usename = current_user and datname = current_database()
          and backend_start < now() - interval '2 seconds'`
    );
    if (ended === undefined) backends.forEach((backend) => this.#orphans.add(backend));
  }

  /** @returns undefined if there was no answer in time */
  async #ask<Answer>(question: (sql: Sql) => Promise<Answer>): Promise<Answer | undefined> {
    const wires: Wire[] = [];
    const open = (target: WireTarget) => {
      const wire = new Wire(target);
      wires.push(wire);
      return wire;
    };
    const sql = openPool(this.#address, { max: 1, name: "storewatch pulse", socket: open });
    const over = new AbortController();
    try {
      const late = delay(PATIENCE_MS, undefined, { signal: over.signal }).catch(() => undefined);
      return await Promise.race([question(sql).catch(() => undefined), late]);
    } finally {
      over.abort();
      await sql.end({ timeout: 0 });
      wires.forEach((wire) => wire.destroy());
    }
  }
}
