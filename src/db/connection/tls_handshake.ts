import { once } from "node:events";
import { isIP, type Socket } from "node:net";
import { connect, type ConnectionOptions } from "node:tls";

/** Asks whether Postgres encrypts. */
const TLS_REQUEST = Uint8Array.of(0, 0, 0, 8, 4, 210, 22, 47);
const YES = 0x53;

/** Encrypts a connection before its first message; with `prefer` only if the server does. */
export async function secure(raw: Socket, host: string, option: "prefer" | ConnectionOptions): Promise<Socket> {
  raw.write(TLS_REQUEST);
  const [answer]: Uint8Array[] = await once(raw, "data");
  raw.pause();
  if (answer?.[0] !== YES) {
    if (option === "prefer") return raw;
    throw new Error("The server refused the connection before secure TLS was established");
  }
  const chosen = option === "prefer" ? { rejectUnauthorized: false } : option;
  const socket = connect({ socket: raw, ...(isIP(host) ? {} : { servername: host }), ...chosen });
  await once(socket, "secureConnect");
  return socket;
}
