// Lints an OpenAPI document from standard input with the recommended rules of Redocly and Spectral. Warnings count as errors.
import { createConfig, lintFromString } from "@redocly/openapi-core";
import spectral from "@stoplight/spectral-core";
import rulesets from "@stoplight/spectral-rulesets";

/**
 * One document describes every installation, and the project has no address to write to. For keys, too, OpenAPI 3.1 lets a requirement
 * name what the holder may do; Spectral knows the scopes of OAuth alone. Redocly checks that the ways to send a key are defined.
 */
const SPECTRAL_OFF = { "info-contact": "off", "oas3-operation-security-defined": "off" } as const;

async function redocly(source: string): Promise<string[]> {
  const config = await createConfig({ extends: ["recommended"] });
  const found = await lintFromString({ source, config, absoluteRef: "openapi.json" });
  return found.map(({ ruleId, message, location: [place] }) => `Redocly ${ruleId}: ${message} ${place?.pointer ?? ""}`);
}

async function spectralOf(source: string): Promise<string[]> {
  const linter = new spectral.Spectral();
  linter.setRuleset(new spectral.Ruleset({ extends: [rulesets.oas], rules: SPECTRAL_OFF }));
  const found = await linter.run(source);
  return found.map(({ code, message, path }) => `Spectral ${code}: ${message} #/${path.join("/")}`);
}

const source = await new Response(Deno.stdin.readable).text();
const found = [...await redocly(source), ...await spectralOf(source)];
for (const fault of found) console.error(fault);
console.log(`OpenAPI document of ${source.length.toLocaleString("en")} characters: ${found.length} faults`);
Deno.exit(found.length === 0 ? 0 : 1);
