import { fileURLToPath } from "node:url";
import { close, connect } from "../../src/db/connection/client.ts";
import { findBinaries, provideBinaries } from "../../src/postgres_embedded/binaries.ts";
import { prepareHome, shell } from "../../src/postgres_embedded/home.ts";
import { makeTempFolder } from "./temp_folder.ts";
import { until } from "./until.ts";

/** A Postgres that listens on TCP. Its certificate is for `localhost`. Its roles need no password. */
export interface TcpPostgres extends AsyncDisposable {
  readonly port: number;
}

/** `postgres` has to come over TLS, all other roles need not. */
const HBA = "hostssl all postgres 127.0.0.1/32 trust\nhost all plain 127.0.0.1/32 trust\n";

const SCRIPT = `
set -e
cd "$2"
"$1/bin/initdb" --pgdata=data --username=postgres --auth=trust --encoding=UTF8 --locale=C
echo 'create role plain superuser login' | "$1/bin/postgres" --single -D data postgres
mv server.crt server.key data/
mv pg_hba.conf data/
echo 'ssl = on' >>data/postgresql.conf
exec "$1/bin/postgres" -D data -p "$3" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off
`;

export async function startTcpPostgres(): Promise<TcpPostgres> {
  await using opened = new AsyncDisposableStack();
  const folder = opened.use(await makeTempFolder());
  const home = await prepareHome(folder.path);
  const programs = await provideBinaries(await findBinaries(), home);
  await put(`${home.folder}/server.crt`, await Deno.readTextFile(certificate("server.pem")), home.account);
  await put(`${home.folder}/server.key`, await Deno.readTextFile(certificate("server.key")), home.account);
  await put(`${home.folder}/pg_hba.conf`, HBA, home.account);
  const port = freePort();
  const server = shell(["-c", SCRIPT, "sh", programs, home.folder, String(port)], home.account, { stderr: "null" })
    .spawn();
  opened.defer(async () => {
    server.kill("SIGINT");
    await server.status;
  });
  await untilItAnswers(port);
  const rest = opened.move();
  return { port, [Symbol.asyncDispose]: () => rest.disposeAsync() };
}

/** The path of a file in the folder `tls`. */
export function certificate(name: string): string {
  return fileURLToPath(new URL(`./tls/${name}`, import.meta.url));
}

/** Postgres refuses a key that others may read. */
async function put(path: string, text: string, account: { uid: number; gid: number } | undefined): Promise<void> {
  await Deno.writeTextFile(path, text, { mode: 0o600 });
  if (account !== undefined) await Deno.chown(path, account.uid, account.gid);
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** It listens before it lets anybody in: then it says that it is starting up. */
async function untilItAnswers(port: number): Promise<void> {
  const sql = connect({ host: "127.0.0.1", port, user: "plain", database: "postgres" }, { max: 1 });
  try {
    await until(async () => await sql`select`.then(() => true, () => false), "Postgres answers", 120);
  } finally {
    await close(sql);
  }
}
