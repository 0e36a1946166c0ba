import { isIP } from "node:net";

/** Whether only this machine can reach what listens on an address. */
export function isLoopback(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, "").toLowerCase();
  if (address === "localhost") return true;
  return isIP(address) === 4 ? address.startsWith("127.") : address === "::1";
}
