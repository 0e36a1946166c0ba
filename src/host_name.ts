/** A name or an address with an optional port, as the Host header has it. */
const AUTHORITY = /^(\[[0-9a-f:.]+\]|[^\s:/?#@\\[\]%*]+)(?::\d{0,5})?$/i;

/**
 * Reads the host out of a Host header or a setting. Equal hosts become equal texts: letter case, ports, a dot at the end and
 * the many ways to write an IPv6 address do not count.
 *
 * @returns undefined if the text names no host
 */
export function hostName(text: string): string | undefined {
  const [, host] = AUTHORITY.exec(bracketed(text)) ?? [];
  if (host === undefined || !URL.canParse(`http://${host}`)) return undefined;
  return new URL(`http://${host}`).hostname.replace(/\.$/, "") || undefined;
}

/** An IPv6 address may stand without brackets in a setting, and with the name of its interface. */
function bracketed(text: string): string {
  const isBare = text.split(":").length > 2 && !text.startsWith("[");
  return isBare ? `[${text.replace(/%.*$/, "")}]` : text;
}

/** Whether a host, as `hostName` writes it, is an address and not a name. */
export function isAddress(host: string): boolean {
  return host.startsWith("[") || /^\d+(\.\d+){3}$/.test(host);
}

/** A host with a port, as addresses write it. */
export function authority(host: string, port: number): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** The host of an address with its port, also if that is the usual one. */
export function authorityOf({ hostname, port, protocol }: URL): string {
  return `${hostname}:${port || (protocol === "http:" ? "80" : "443")}`;
}
