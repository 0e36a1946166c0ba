import type { DatabaseAddress } from "./address.ts";
import { type Environment, readDatabaseAddress } from "./address_settings.ts";

/**
 * The address by which the tables' owner connects: `MIGRATE_DATABASE_URL`.
 *
 * @returns undefined if it is not set
 * @throws {RangeError} naming the setting, if it is wrong, or if nothing says where the service connects
 */
export function readOwnerAddress(environment: Environment): DatabaseAddress | undefined {
  const { MIGRATE_DATABASE_URL: url, DATABASE_URL, PGHOST } = environment;
  if (!url) return undefined;
  if (!DATABASE_URL && !PGHOST) {
    throw new RangeError(
      "MIGRATE_DATABASE_URL is set, but not DATABASE_URL: set it to the address of the service's role",
    );
  }
  try {
    return readDatabaseAddress({ ...environment, DATABASE_URL: url });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RangeError(error.message.replaceAll("DATABASE_URL", "MIGRATE_DATABASE_URL"), { cause: error });
  }
}
