import assert from "node:assert/strict";
import { readDatabaseAddress } from "../../src/db/connection/address_settings.ts";
import { close, connect, reach, type Sql } from "../../src/db/connection/client.ts";
import { migrate } from "../../src/db/postgres/migrate.ts";
import { putStores } from "../support/fleet.ts";
import { runTask } from "../support/run_task.ts";
import { certificate, startTcpPostgres } from "../support/tcp_postgres.ts";
import { makeTempFolder } from "../support/temp_folder.ts";

const ROOT = certificate("root.pem");
const ROOT_IN_URL = encodeURIComponent(ROOT);
const OTHER_ROOT_IN_URL = encodeURIComponent(certificate("other_root.pem"));

/** A handshake on a busy machine may take longer than the five seconds that are usual. */
const PATIENT = { PGCONNECT_TIMEOUT: "60" };

async function withConnection<Result>(
  env: Record<string, string>,
  work: (sql: Sql) => Promise<Result>,
): Promise<Result> {
  const address = readDatabaseAddress({ ...PATIENT, ...env });
  assert.ok(address !== undefined);
  const sql = connect(address, { max: 1 });
  try {
    await reach(sql, address);
    return await work(sql);
  } finally {
    await close(sql);
  }
}

/** Whether a connection with these settings is encrypted, or why it fails. */
async function tried(env: Record<string, string>): Promise<string> {
  try {
    return await withConnection(env, async (sql) => {
      const [row] = await sql<{ ssl: boolean }[]>`select ssl from pg_stat_ssl where pid = pg_backend_pid()`;
      return row?.ssl ? "encrypted" : "plain";
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

Deno.test("connections are encrypted and servers checked as Postgres' own clients do it", async (t) => {
  await using server = await startTcpPostgres();
  const parts = (host: string, user: string) => ({
    PGHOST: host,
    PGPORT: String(server.port),
    PGUSER: user,
    PGDATABASE: "postgres",
  });
  const url = (query: string, host = "localhost") => ({
    DATABASE_URL: `postgres://plain@${host}:${server.port}/postgres${query}`,
  });

  const cases: [Record<string, string>, string | RegExp][] = [
    [url(""), "plain"],
    [url("?sslmode=disable"), "plain"],
    [url("?sslmode=prefer"), "encrypted"],
    [url("?sslmode=require"), "encrypted"],
    [url("?sslmode=require", "127.0.0.1"), "encrypted"],
    [url(`?sslmode=require&sslrootcert=${OTHER_ROOT_IN_URL}`), /not signed by a root that is trusted.*sslrootcert/],
    [url(`?sslmode=verify-ca&sslrootcert=${ROOT_IN_URL}`, "127.0.0.1"), "encrypted"],
    [url(`?sslmode=verify-ca&sslrootcert=${OTHER_ROOT_IN_URL}`, "127.0.0.1"), /not signed by a root that is trusted/],
    [url("?sslmode=verify-ca"), /not signed by a root that is trusted/],
    [url(`?sslmode=verify-full&sslrootcert=${ROOT_IN_URL}`), "encrypted"],
    [
      url(`?sslmode=verify-full&sslrootcert=${ROOT_IN_URL}`, "127.0.0.1"),
      /by a name that the certificate has.*verify-ca/,
    ],
    [url("?sslrootcert=system"), /not signed by a root that is trusted/],
    [{ ...url(`?sslmode=verify-full`), PGSSLROOTCERT: ROOT }, "encrypted"],
    [{ ...url(""), PGSSLMODE: "require" }, "encrypted"],
    [{ ...url("?sslmode=disable"), PGSSLMODE: "require" }, "plain"],
    [parts("localhost", "plain"), "plain"],
    [{ ...parts("localhost", "plain"), PGSSLMODE: "verify-full", PGSSLROOTCERT: ROOT }, "encrypted"],
    [
      { ...parts("127.0.0.1", "plain"), PGSSLMODE: "verify-full", PGSSLROOTCERT: ROOT },
      /by a name that the certificate has/,
    ],
    [parts("localhost", "postgres"), /no encryption.*set sslmode to require/],
    [url("?sslmode=require&connect_timeout=60&channel_binding=prefer&gssencmode=disable"), "encrypted"],
  ];
  for (const [env, expected] of cases) {
    await t.step(`${Object.entries(env).join(" ")}: ${expected}`.replaceAll(String(server.port), "…"), async () => {
      const outcome = await tried(env);
      if (typeof expected === "string") assert.equal(outcome, expected);
      else assert.match(outcome, expected);
    });
  }

  await t.step("workers of a report encrypt, too", async () => {
    await using folder = await makeTempFolder();
    const env = {
      ...PATIENT,
      DATABASE_URL:
        `postgres://postgres@localhost:${server.port}/postgres?sslmode=verify-full&sslrootcert=${ROOT_IN_URL}`,
    };
    await withConnection(env, async (sql) => {
      await migrate(sql);
      await putStores(sql, [{ id: "s", polls: ["18:00 active"] }]);
    });
    const { code, out, err } = await runTask("report", [], { ...env, REPORTS_DIR: folder.path });
    assert.equal(code, 0, err);
    assert.match(out, /^1 store as of/m);
  });

  await t.step("a server without TLS is used by prefer only, and the others say so", async () => {
    await withConnection(url(""), async (sql) => {
      await sql`alter system set ssl = off`;
      await sql`select pg_reload_conf()`;
    });
    while (await tried(url("?sslmode=prefer")) !== "plain");
    for (const mode of ["require", "verify-full"]) {
      const outcome = await tried(url(`?sslmode=${mode}&sslrootcert=${ROOT_IN_URL}`));
      assert.match(outcome, new RegExp(`sslmode is ${mode}, but the server does not encrypt.*prefer`));
    }
  });
});

Deno.test("settings of Postgres' clients that cannot be followed are named, and never show a password", () => {
  const base = { DATABASE_URL: "postgres://me:secret@here/db" };
  const at = (query: string) => ({ DATABASE_URL: `${base.DATABASE_URL}?${query}` });
  const wrong: [Record<string, string>, RegExp][] = [
    [
      at("sslmode=allow"),
      /sslmode in DATABASE_URL is "allow", but must be one of disable, prefer, require, verify-ca, verify-full/,
    ],
    [{ ...base, PGSSLMODE: "on" }, /PGSSLMODE is "on"/],
    [{ PGHOST: "here", PGSSLMODE: "allow" }, /PGSSLMODE is "allow"/],
    [at("sslmode=require&sslrootcert=system"), /must be verify-full beside sslrootcert=system/],
    [at("sslmode=require&sslrootcert=/no/such/root.pem"), /"\/no\/such\/root\.pem", which cannot be read/],
    [at("sslcert=me.pem"), /DATABASE_URL has sslcert=/],
    [at("host=/run/postgresql"), /DATABASE_URL has host=/],
    [at("channel_binding=require"), /channel_binding in DATABASE_URL is "require"/],
    [at("connect_timeout=soon"), /connect_timeout is "soon", but must be a whole number/],
    [{ ...base, PGSSLCERT: "me.pem" }, /PGSSLCERT is set/],
    [{ ...base, PGSERVICE: "mine" }, /PGSERVICE is set/],
    [{ ...base, PGGSSENCMODE: "require" }, /PGGSSENCMODE is "require"/],
    [{ PGHOST: "here", PGCONNECT_TIMEOUT: "-1" }, /PGCONNECT_TIMEOUT is "-1"/],
  ];
  for (const [env, message] of wrong) {
    assert.throws(() => readDatabaseAddress(env), (error) => {
      assert.ok(error instanceof RangeError);
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /secret/);
      return true;
    });
  }
  assert.equal(readDatabaseAddress({ PGSSLMODE: "nonsense", PGSERVICE: "mine" }), undefined, "the embedded Postgres");
});
