import { close, connect, type DatabaseAddress, type Sql } from "../../src/db/connection/client.ts";
import { prepareDatabase } from "../../src/command/prepare_database.ts";
import { openTestDatabase } from "./database.ts";

/** A database of two roles: one owns the tables, the other serves. */
export interface ServedDatabase extends AsyncDisposable {
  readonly owner: Sql;
  readonly service: Sql;
  readonly addresses: { readonly owner: DatabaseAddress; readonly service: DatabaseAddress };
  readonly role: string;
}

export async function openServedDatabase(): Promise<ServedDatabase> {
  const { sql: owner, address, close: drop } = await openTestDatabase();
  const role = `service "${crypto.randomUUID().slice(0, 8)}"`;
  await owner`create role ${owner(role)} login`;
  const addresses = { owner: address, service: withUser(address, role) };
  await prepareDatabase(addresses, "service");
  const service = connect(addresses.service, { name: "storewatch tests" });
  return {
    owner,
    service,
    addresses,
    role,
    [Symbol.asyncDispose]: async () => {
      await close(service);
      await owner`drop owned by ${owner(role)}`;
      await owner`drop role ${owner(role)}`;
      await drop();
    },
  };
}

function withUser(address: DatabaseAddress, user: string): DatabaseAddress {
  if (!("url" in address)) return { ...address, user };
  const url = new URL(address.url);
  url.username = encodeURIComponent(user);
  return { ...address, url: url.href };
}
