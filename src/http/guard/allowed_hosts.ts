import { hostName, isAddress } from "../../host_name.ts";

const ALL = "*";
/** Listening on one of these is listening on every address of the machine. */
const EVERY_ADDRESS = ["0.0.0.0", "[::]"];

export interface HostSettings {
  /** The address or the name that the service listens on. */
  readonly host: string;
  /** Names by which it is reached as well; `*` is all. */
  readonly allowedHosts: readonly string[];
}

/**
 * The hosts that requests may name. A page of another site can let its own name point to this machine and then passes for a
 * page of ours (DNS rebinding): the name in Host is all that gives it away.
 */
export class AllowedHosts {
  readonly #hosts: Set<string | undefined>;
  readonly #allowsAll: boolean;
  readonly #allowsAddresses: boolean;

  constructor({ host, allowedHosts }: HostSettings) {
    this.#hosts = new Set([hostName("localhost"), hostName(host), ...allowedHosts.map(hostName)]);
    this.#hosts.delete(undefined);
    this.#allowsAll = allowedHosts.includes(ALL);
    // The machine may have addresses that it does not know of, behind NAT or a container's port. A page cannot rebind an address.
    this.#allowsAddresses = EVERY_ADDRESS.includes(hostName(host) ?? "");
  }

  /** Adds the address behind a name in HOST. It is known once the service listens. */
  add(address: string): void {
    this.#hosts.add(hostName(address));
  }

  /** @param authority a host with an optional port */
  has(authority: string): boolean {
    if (this.#allowsAll) return true;
    const host = hostName(authority);
    return host !== undefined && (this.#hosts.has(host) || (this.#allowsAddresses && isAddress(host)));
  }
}
