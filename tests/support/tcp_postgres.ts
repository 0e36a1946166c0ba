import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { findBinaries, provideBinaries } from "../../src/postgres_embedded/binaries.ts";
import { prepareHome, shell } from "../../src/postgres_embedded/home.ts";
import { makeTempFolder } from "./temp_folder.ts";

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
  await untilItListens(port);
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

async function untilItListens(port: number): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port }).catch(() => undefined);
    connection?.close();
    if (connection !== undefined) return;
    await delay(50);
  }
  throw new Error("Postgres does not listen after 30 s");
}
