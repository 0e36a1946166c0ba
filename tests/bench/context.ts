import type { Sql } from "../../src/db/connection/client.ts";
import { latestPoll } from "../../src/db/polls/latest_poll.ts";
import type { Micros } from "../../src/domain/time/interval.ts";
import { writeSample } from "../../src/sample/write_sample.ts";
import { environmentOf } from "../support/run_task.ts";
import { findCommit } from "./git.ts";
import { OtherVersion } from "./other_version.ts";
import { type BenchDatabase, BenchServer } from "./server.ts";
import { THIS_VERSION, type Version } from "./version.ts";

export interface Size {
  readonly stores: number;
  readonly days: number;
}

export interface BenchOptions extends Size {
  /** How often each side is measured. */
  readonly runs: number;
  /** How long requests are sent to a service that makes reports. */
  readonly seconds: number;
  /** How many reports are asked for at once. */
  readonly crowd: number;
  /** How many bytes a large body has. */
  readonly bodyBytes: number;
  /** Measures ten times the stores too, which takes disk and minutes. */
  readonly large: boolean;
  /** The commit that this version is compared with. */
  readonly against: string;
  /** Is told how it goes. */
  readonly tell: (line: string) => void;
}

/** A database that has a sample loaded. */
export interface Fleet extends BenchDatabase {
  /** Its latest poll. */
  readonly asOf: Micros;
}

/** What all benches share: a server, samples, and what is to be measured. */
export class BenchContext implements AsyncDisposable {
  readonly options: BenchOptions;
  readonly server: BenchServer;
  /** For files that go to and from the server, whose account may write here. */
  readonly exchange: string;
  readonly reports: string;
  readonly #folder: string;
  readonly #owned = new AsyncDisposableStack();
  readonly #samples = new Map<string, Promise<string>>();
  readonly #fleets = new Map<string, Promise<string>>();
  #closing: Promise<void> | undefined;

  private constructor(options: BenchOptions, server: BenchServer, folder: string) {
    this.options = options;
    this.server = server;
    this.#folder = folder;
    this.#owned.defer(() => Deno.remove(folder, { recursive: true }));
    this.#owned.use(server);
    this.exchange = `${folder}/exchange`;
    this.reports = `${folder}/reports`;
  }

  static async open(options: BenchOptions): Promise<BenchContext> {
    const folder = await Deno.makeTempDir({ prefix: "storewatch-bench-" });
    await Deno.chmod(folder, 0o755);
    const context = new BenchContext(options, await BenchServer.open(`${folder}/data`), folder);
    await Deno.mkdir(context.reports);
    await Deno.mkdir(context.exchange);
    await Deno.chmod(context.exchange, 0o777);
    return context;
  }

  /** Three files as `sample` writes them. @returns their folder */
  sample(size: Size): Promise<string> {
    return once(this.#samples, keyOf(size), async () => {
      this.options.tell(`writing a sample of ${describe(size)}`);
      const folder = `${this.#folder}/sample-${keyOf(size)}`;
      await writeSample(folder, { ...size, seed: 1 });
      return folder;
    });
  }

  /** A database of one's own in which `load` has loaded such a sample. */
  async fleet(size: Size = this.options): Promise<Fleet> {
    const template = await once(this.#fleets, keyOf(size), async () => {
      return await this.#load({ size, version: THIS_VERSION, template: await this.server.emptyTemplate() });
    });
    await using opened = new AsyncDisposableStack();
    const database = opened.use(await this.server.openCopy(template));
    const asOf = await latestPoll(database.sql) ?? NaN;
    await this.server.flush();
    const rest = opened.move();
    return { ...database, asOf, [Symbol.asyncDispose]: () => rest.disposeAsync() };
  }

  /** The version to compare with, ready to run. It is removed with the context. */
  async otherVersion(): Promise<OtherVersion> {
    const { against, tell } = this.options;
    const commit = await findCommit(against);
    const version = this.own(() => new OtherVersion(commit, `${this.#folder}/other-version`));
    tell(`checking out ${commit} into ${version.folder}`);
    await version.checkOut();
    return version;
  }

  /** A database that has the same sample as `fleet`, and was made and loaded by another version. */
  async otherFleet(version: Version): Promise<BenchDatabase> {
    const template = await this.#load({ size: this.options, version, template: undefined });
    const database = await this.server.openCopy(template);
    await this.server.flush();
    return database;
  }

  async #load({ size, version, template }: Loading): Promise<string> {
    const folder = await this.sample(size);
    this.options.tell(`loading ${describe(size)} by ${version.name}`);
    return await this.server.makeTemplate(template, async (sql, address) => {
      const task = this.own(() => version.startTask("load", [folder], environmentOf(address)));
      const { code, err } = await task.ended();
      if (code !== 0) throw new Error(`The sample could not be loaded by ${version.name}: ${err}`);
      await tidy(sql);
    });
  }

  /** Makes something that must not outlive the context, even if a signal ends the benches. */
  own<Owned extends AsyncDisposable>(make: () => Owned): Owned {
    if (this.#owned.disposed) throw new Error("Nothing can be started any more: the benches have ended");
    return this.#owned.use(make());
  }

  /** Can be called again while it goes on. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#closing ??= this.#owned.disposeAsync();
  }
}

/** What is loaded by which version, into a copy of a template or into a database without tables. */
interface Loading {
  readonly size: Size;
  readonly version: Version;
  readonly template: string | undefined;
}

/** What autovacuum would do within a minute, whatever the tables of a version are. */
async function tidy(sql: Sql): Promise<void> {
  await sql`vacuum (analyze)`;
}

function keyOf({ stores, days }: Size): string {
  return `${stores}x${days}`;
}

function describe({ stores, days }: Size): string {
  return `${stores.toLocaleString("en")} stores and ${days} days`;
}

function once(known: Map<string, Promise<string>>, key: string, make: () => Promise<string>): Promise<string> {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}
