import assert from "node:assert/strict";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import project from "../deno.json" with { type: "json" };

const SCRIPT = fileURLToPath(new URL("../.ci/audit", import.meta.url));

const FLAW = {
  id: 1,
  title: "A flaw",
  severity: "high",
  url: "https://example.org",
  vulnerable_versions: "<99",
  cwe: [],
};

/** How the audit ends if a registry answers like that. */
async function audit(answer: () => Response): Promise<{ code: number; out: string; asked: unknown[] }> {
  const asked: unknown[] = [];
  await using registry = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    asked.push(await request.json().catch(() => undefined));
    return answer();
  });
  const PATH = `${dirname(Deno.execPath())}:${Deno.env.get("PATH")}`;
  const env = { DENO: "deno", NPM_CONFIG_REGISTRY: `http://127.0.0.1:${registry.addr.port}/`, PATH };
  const { code, stdout } = await new Deno.Command("bash", { args: [SCRIPT], env }).output();
  return { code, out: new TextDecoder().decode(stdout), asked };
}

Deno.test("the audit asks for the locked versions, and passes if none has a known flaw", async () => {
  const { code, out, asked } = await audit(() => Response.json({}));
  assert.equal(code, 0, out);
  assert.equal(asked.length, 3);
  for (const versions of asked.slice(0, 2)) {
    assert.deepEqual(Object.entries(versions ?? {}).find(([name]) => name === "hono"), ["hono", [
      project.imports.hono.split("@").at(-1),
    ]]);
  }
});

Deno.test("the audit fails if a version has a known flaw", async () => {
  const { code, out } = await audit(() =>
    Response.json({ hono: [{ ...FLAW, cvss: { score: 9, vectorString: null } }] })
  );
  assert.equal(code, 1, out);
  assert.match(out, /A flaw/);
});

Deno.test("a registry that does not answer the question is no pass", async () => {
  const answers = [
    () => new Response(null, { status: 405 }),
    () => Response.json({ error: "down" }, { status: 500 }),
    () => new Response("<html>sign in</html>", { headers: { "content-type": "text/html" } }),
  ];
  for (const answer of answers) {
    const { code, out } = await audit(answer);
    assert.equal(code, 2, out);
    assert.match(out, /The registry did not say which versions are vulnerable/);
  }
});
