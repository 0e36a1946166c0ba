import { authority } from "../host_name.ts";

/** Where a service listens. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * Checks that the service can listen there, before minutes of other work.
 *
 * @throws {Error} naming the setting, if it cannot
 */
export function needFreePort(address: ListenAddress): void {
  explainListening(address, () => Deno.listen({ hostname: address.host, port: address.port })).close();
}

/** @throws {Error} naming the setting, if the action cannot listen */
export function explainListening<Result>(address: ListenAddress, listen: () => Result): Result {
  try {
    return listen();
  } catch (cause) {
    throw new Error(reason(address, cause), { cause });
  }
}

function reason({ host, port }: ListenAddress, cause: unknown): string {
  if (cause instanceof Deno.errors.AddrInUse) return `${authority(host, port)} is in use: set PORT to another`;
  if (cause instanceof Deno.errors.AddrNotAvailable) {
    return `HOST is "${host}", which is not an address of this machine`;
  }
  if (cause instanceof Deno.errors.PermissionDenied) {
    return `PORT is ${port}, which this user may not listen on: set PORT to 1024 or more`;
  }
  const why = cause instanceof Error ? cause.message : cause;
  return `Cannot listen on ${authority(host, port)}: ${why}. Check HOST and PORT`;
}
