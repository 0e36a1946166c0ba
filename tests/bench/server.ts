import { close, connect, type DatabaseAddress, type Sql } from "../../src/db/connection/client.ts";
import { openEmbeddedPostgres } from "../../src/postgres_embedded/embedded.ts";
import { migrate } from "../../src/db/postgres/migrate.ts";
import { retryWhileInUse } from "../support/retry_while_in_use.ts";

/** A database of a bench's own; dropped with its scope. */
export interface BenchDatabase extends AsyncDisposable {
  readonly sql: Sql;
  readonly address: DatabaseAddress;
}

/**
 * The Postgres that the benches use: the one of `DATABASE_URL` or `PGHOST` if one is set (on this machine, and as a
 * superuser, since benches let the server write files), else an embedded one.
 */
export class BenchServer implements AsyncDisposable {
  readonly #address: DatabaseAddress;
  readonly #admin: Sql;
  readonly #stop: () => Promise<void>;
  /** All databases that it made, the templates as well. */
  readonly #names = new Set<string>();
  #empty: Promise<string> | undefined;

  private constructor(address: DatabaseAddress, stop: () => Promise<void>) {
    this.#address = address;
    this.#stop = stop;
    this.#admin = connect(address, { max: 1, name: "storewatch bench" });
  }

  static async open(dataFolder: string): Promise<BenchServer> {
    const url = Deno.env.get("DATABASE_URL");
    const host = Deno.env.get("PGHOST");
    if (url) return new BenchServer({ url }, () => Promise.resolve());
    if (host) {
      const user = Deno.env.get("PGUSER") ?? "postgres";
      return new BenchServer({ host, user, database: "postgres" }, () => Promise.resolve());
    }
    const { host: socket, port, user, database, close } = await openEmbeddedPostgres(dataFolder);
    return new BenchServer({ host: socket, port, user, database }, close);
  }

  async version(): Promise<string> {
    const [row] = await this.#admin<{ version: string }[]>`select current_setting('server_version') as version`;
    return row?.version ?? "unknown";
  }

  /** Writes what is in memory to disk, so that the next measurement does not pay for it. */
  async flush(): Promise<void> {
    await this.#admin`checkpoint`;
  }

  /** A database with today's schema and nothing in it. */
  async openEmpty(): Promise<BenchDatabase> {
    return await this.openCopy(await this.emptyTemplate());
  }

  /** The template of `openEmpty`. */
  emptyTemplate(): Promise<string> {
    return this.#empty ??= this.makeTemplate(undefined, (sql) => migrate(sql).then(() => {}));
  }

  /** Fills a database that others will be copied from. @returns its name */
  async makeTemplate(
    from: string | undefined,
    fill: (sql: Sql, address: DatabaseAddress) => Promise<void>,
  ): Promise<string> {
    const name = await this.#create(from);
    const address = inDatabase(this.#address, name);
    const sql = connect(address, { max: 2, name: "storewatch bench" });
    // Postgres copies no database that somebody is connected to.
    await fill(sql, address).finally(() => close(sql));
    return name;
  }

  async openCopy(template: string): Promise<BenchDatabase> {
    const name = await this.#create(template);
    const address = inDatabase(this.#address, name);
    const sql = connect(address, { max: 4, name: "storewatch bench" });
    const dispose = async () => {
      await close(sql);
      await this.#drop(name);
    };
    return { sql, address, [Symbol.asyncDispose]: dispose };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const name of this.#names) await this.#drop(name);
    await close(this.#admin);
    await this.#stop();
  }

  async #create(template: string | undefined): Promise<string> {
    const name = `storewatch_bench_${crypto.randomUUID().replaceAll("-", "")}`;
    this.#names.add(name);
    // `file_copy` keeps what vacuum noted, and is quicker for a large one.
    const source = template === undefined ? "" : `template ${template} strategy file_copy`;
    await retryWhileInUse(() => this.#admin.unsafe(`create database ${name} ${source}`));
    return name;
  }

  async #drop(name: string): Promise<void> {
    await this.#admin.unsafe(`drop database if exists ${name} with (force)`);
    this.#names.delete(name);
  }
}

function inDatabase(address: DatabaseAddress, database: string): DatabaseAddress {
  if (!("url" in address)) return { ...address, database };
  const url = new URL(address.url);
  url.pathname = `/${database}`;
  return { url: url.href };
}
