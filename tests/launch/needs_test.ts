import assert from "node:assert/strict";
import { readConfig } from "../../src/config.ts";
import { endpointsOf } from "../../src/db/connection/endpoints.ts";
import { needsOf } from "../../src/launch/needs.ts";
import { permissionFlags, type Permissions } from "../../src/launch/permissions.ts";
import { withRealPaths } from "../../src/launch/place.ts";
import { makeTempFolder } from "../support/temp_folder.ts";

const PLACE = { project: "/p", embedded: ["/d", "/d/postgres"], sockets: ["/d/postgres/socket/s"], isRoot: false };

function needs(words: string, environment: Record<string, string> = {}): Permissions {
  const [command = "", ...args] = words.split(" ");
  return needsOf({ command, args, config: readConfig(environment), environment }, PLACE);
}

Deno.test("only what serves may listen, where HOST and PORT say", () => {
  const environment = { HOST: "::1", PORT: "8100" };
  assert.ok(needs("start", environment).net.includes("[::1]:8100"));
  assert.ok(needs("demo --stores 5", environment).net.includes("[::1]:8100"));
  for (const command of ["load a.csv", "report", "verify 1", "retain", "check", "key list"]) {
    assert.deepEqual(needs(command, environment).net, ["unix:/d/postgres/socket/s"], command);
  }
});

Deno.test("only what serves reaches the provider at which people sign in", () => {
  const environment = {
    OIDC_ISSUER: "https://id.example.com/tenant",
    OIDC_HOSTS: "tokens.example.com, [::1]:8443",
    OIDC_CLIENT_ID: "storewatch",
    PUBLIC_URL: "https://storewatch.example.com",
    DATABASE_URL: "postgres://me@db/x",
  };
  const hosts = ["id.example.com:443", "tokens.example.com:443", "[::1]:8443"];
  assert.deepEqual(needs("start", environment).net, ["db:5432", "127.0.0.1:8000", ...hosts]);
  assert.deepEqual(needs("key list", environment).net, ["db:5432"]);
  for (const wrong of ["https://a", "a/b", "me@a", ""]) {
    assert.throws(() => needs("start", { ...environment, OIDC_HOSTS: `a,${wrong}` }), /OIDC_HOSTS has "/, wrong);
  }
});

Deno.test("a key needs the database, and neither files nor ports", () => {
  const { read, write, net, run } = needs("key add me --scope admin", { DATABASE_URL: "postgres://me@db/x" });
  assert.deepEqual({ write, net, run }, { write: [], net: ["db:5432"], run: [] });
  assert.ok(!read.includes("me") && !read.includes("reports"));
});

Deno.test("a load may read what its arguments name, and write none of it", () => {
  const { read, write } = needs("load --kind polls monday.csv /data/tuesday.csv");
  assert.ok(read.includes("monday.csv") && read.includes("/data/tuesday.csv"));
  assert.deepEqual(write, ["reports", "/d", "/d/postgres", "/d/postgres/socket/s"]);
});

Deno.test("a report may write its copy, in either way to write the option", () => {
  assert.ok(needs("report --out /copies/r.csv").write.includes("/copies"));
  assert.ok(needs("report --out=/copies/r.csv").write.includes("/copies"));
  assert.ok(needs("report --out r.csv").write.includes("."));
  assert.ok(!needs("report --windows last_hour").write.includes("."));
});

Deno.test("a sample needs its folder alone", () => {
  const { read, write, ...rest } = needs("sample --stores 5 /samples");
  assert.deepEqual(read, ["5", "/samples"]);
  assert.deepEqual(write, read);
  assert.deepEqual(rest, { net: [], env: [], run: [], sys: [] });
});

Deno.test("a Postgres elsewhere needs no program, and no folder but that of reports", () => {
  const { net, run, write, sys } = needs("start", { DATABASE_URL: "postgres://me:pw@one,two:6000/x", PORT: "9" });
  assert.deepEqual({ net, run, write, sys }, {
    net: ["one:5432", "two:6000", "127.0.0.1:9"],
    run: [],
    write: ["reports"],
    sys: [],
  });
});

Deno.test("root certificates can be read wherever they are named", () => {
  const url = "postgres://me@db/x?sslmode=disable&sslrootcert=/roots/of/url.pem";
  const { read } = needs("start", { DATABASE_URL: url, PGSSLROOTCERT: "/roots/own.pem", HOME: "/home/me" });
  for (const path of ["/roots/of/url.pem", "/roots/own.pem", "/home/me/.postgresql/root.crt"]) {
    assert.ok(read.includes(path), path);
  }
});

Deno.test("a Postgres is where postgres.js looks for it", () => {
  const at = (environment: Record<string, string>) => endpointsOf(readConfig(environment).database ?? {});
  assert.deepEqual(at({ PGHOST: "/run/pg", PGPORT: "5433" }), [{ socket: "/run/pg/.s.PGSQL.5433" }]);
  assert.deepEqual(at({ PGHOST: "db" }), [{ host: "db", port: 5432 }]);
  assert.deepEqual(at({ PGHOST: "a:1,b" }), [{ host: "a", port: 1 }, { host: "b", port: 5432 }]);
  assert.deepEqual(at({ DATABASE_URL: "postgres://u:p@[::1]:7/x" }), [{ host: "::1", port: 7 }]);
  assert.deepEqual(at({ DATABASE_URL: "postgres://h/x", PGPORT: "6000" }), [{ host: "h", port: 6000 }]);
  const socket = { DATABASE_URL: "postgres:///x", PGHOST: "/run/pg" };
  assert.deepEqual(at(socket), [{ socket: "/run/pg/.s.PGSQL.5432" }]);
});

Deno.test("flags name what is allowed; Deno asks for no more and loads nothing from elsewhere", () => {
  const flags = permissionFlags({ read: ["/a", "/b c"], write: [], net: ["h:1"], env: ["PG*"], run: [], sys: [] });
  assert.deepEqual(flags, ["--no-prompt", "--no-remote", "--allow-read=/a,/b c", "--allow-net=h:1", "--allow-env=PG*"]);
});

Deno.test("a path is named in full, with where it leads, and without a comma, which would divide it", async () => {
  await using folder = await makeTempFolder();
  const path = await Deno.realPath(folder.path);
  await Deno.mkdir(`${path}/there`);
  await Deno.symlink(`${path}/there`, `${path}/link`);
  const none = { net: [], env: [], run: [], sys: [] };
  const { read, write } = withRealPaths({ ...none, read: [`${path}/link/new`], write: [`${path}/there/a,b/c`] });
  assert.deepEqual(read, [`${path}/link/new`, `${path}/there/new`]);
  assert.deepEqual(write, [`${path}/there`]);
});
