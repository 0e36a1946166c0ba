import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("../support/traced_app.ts", import.meta.url));

Deno.test("with OTEL_DENO=true, a collector gets a span for each request, named after its route", async () => {
  const bodies: string[] = [];
  const collector = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const body = JSON.stringify(await request.json());
    if (request.url.endsWith("/v1/traces")) bodies.push(body);
    return Response.json({});
  });
  const app = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-read", "--allow-net", "--allow-env", "--allow-sys", SCRIPT],
    env: {
      OTEL_DENO: "true",
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.addr.port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
    },
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const url = await firstLine(app.stdout);
  await (await fetch(`${url}/get_report/42`)).text();
  // What has not been sent yet is sent at the end.
  await app.stdin.close();
  assert.equal((await app.status).code, 0);
  await collector.shutdown();
  const spans = bodies.join("\n");
  assert.match(spans, /"name":"GET \/get_report\/:report_id"/);
  assert.match(spans, /"key":"http\.route","value":\{"stringValue":"\/get_report\/:report_id"\}/);
});

async function firstLine(output: ReadableStream<Uint8Array>): Promise<string> {
  for await (const text of output.pipeThrough(new TextDecoderStream())) return text.trim();
  throw new Error("It said nothing");
}
