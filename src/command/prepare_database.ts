import { close, connect, type DatabaseAddress, reach, type Sql } from "../db/connection/client.ts";
import { carryOverRows } from "../db/polls/carry_over.ts";
import { isCurrent, migrate } from "../db/postgres/migrate.ts";
import { needRights } from "../db/postgres/rights.ts";
import {
  grantServiceRights,
  hasServiceRights,
  isOwner,
  provideServiceRole,
  roleOf,
  SERVICE_ROLE,
} from "../db/postgres/service_rights.ts";
import { prepareQueue } from "../db/reports/queue.ts";
import { silentLog } from "../log.ts";

/** How the two roles of a database connect. They may be one. */
export interface DatabaseRoles {
  /** Owns the tables: it alters them. */
  readonly owner: DatabaseAddress;
  /** Reads and writes rows. */
  readonly service: DatabaseAddress;
}

/**
 * Brings the schema up to date as the owner, and gives the service its rights.
 *
 * @param as the role that is needed; a service whose tables are current needs no owner
 * @throws {Error} if Postgres does not answer, a right is missing, or a newer version of Storewatch changed the schema
 */
export async function prepareDatabase(roles: DatabaseRoles, as: keyof DatabaseRoles): Promise<void> {
  const owner = connect(roles.owner, { max: 2, name: "storewatch setup" });
  try {
    await reach(owner, roles.owner);
    if (as === "service" && await servesAlready(owner)) return;
    await needRights(owner);
    await migrate(owner);
    await carryOverRows(owner);
    if (roles.service !== roles.owner) await prepareService(owner, roles.service);
  } finally {
    await close(owner);
  }
}

/** Whether this role is a service's, and all is there that a service needs. */
async function servesAlready(sql: Sql): Promise<boolean> {
  return !(await isOwner(sql)) && await hasServiceRights(sql, await roleOf(sql)) && await isCurrent(sql);
}

async function prepareService(owner: Sql, address: DatabaseAddress): Promise<void> {
  if ("user" in address && address.user === SERVICE_ROLE) await provideServiceRole(owner);
  await prepareQueue(owner, silentLog);
  const role = await roleAt(address);
  if (role !== await roleOf(owner)) await grantServiceRights(owner, role);
}

/** The role that an address leads to: it may come from the environment. */
async function roleAt(address: DatabaseAddress): Promise<string> {
  const sql = connect(address, { max: 1, name: "storewatch setup" });
  try {
    await reach(sql, address);
    return await roleOf(sql);
  } finally {
    await close(sql);
  }
}
