import { type Command, InvalidArgumentError } from "commander";
import { addKey } from "../../actions/access/add_key.ts";
import { revokeKey } from "../../actions/access/revoke_key.ts";
import { Refusal } from "../../actions/refusal.ts";
import { readConfig } from "../../config.ts";
import { listKeys } from "../../db/access/keys.ts";
import { isScope, type Scope, SCOPE_WORDS, SCOPES } from "../../domain/access/scope.ts";
import { type Expiry, EXPIRY_FORM, parseExpiry } from "../../domain/access/expiry.ts";
import { parseTagFilter, TAG_FILTER_FORM, type TagFilter } from "../../domain/tags/tag_filter.ts";
import { openDatabase } from "../database.ts";
import { Misuse, type Runtime } from "../run.ts";
import { keyLines } from "./key_lines.ts";

interface AddOptions {
  readonly scope: readonly Scope[];
  readonly where?: TagFilter;
  readonly expires?: Expiry;
}

const SCOPE_HELP = SCOPES.map((scope) => `${scope} (${SCOPE_WORDS[scope]})`).join("; ");

export function define(command: Command, runtime: Runtime): Command {
  command.description("Makes, lists and revokes keys, by which programs and people use the service.");
  command.command("add")
    .description("Makes a key and prints it. It is shown once: only its hash is kept.")
    .argument("<name>", "what the key is for, as lists and the audit show it")
    .requiredOption("--scope <scopes>", `what it may do, several separated by commas: ${SCOPE_HELP}`, scopeList)
    .option("--where <tags>", `the stores that it sees: ${TAG_FILTER_FORM} (default: all)`, tagFilter)
    .option("--expires <when>", `when it expires: ${EXPIRY_FORM} (default: never)`, expiry)
    .action(async (name: string, options: AddOptions) => await add(name, options, runtime));
  command.command("list")
    .description("Lists all keys with their scopes and their last use.")
    .action(async () => await list(runtime));
  command.command("revoke")
    .description("Revokes a key for good. The service refuses it from the next request on.")
    .argument("<name>", "the name of the key")
    .action(async (name: string) => await revoke(name, runtime));
  return command;
}

async function add(name: string, { scope: scopes, where, expires }: AddOptions, runtime: Runtime): Promise<void> {
  await using database = await openDatabase(readConfig());
  const expiresAt = expires?.(Date.now() * 1000);
  const asked = { name, scopes, where, expiresAt };
  const { text } = await addKey({ sql: database.sql, actor: "command" }, asked).catch(asMisuse);
  runtime.print(text);
  runtime.tell(`This is the key "${name}". It is shown this once: keep it in a safe place.`);
}

async function list({ print }: Runtime): Promise<void> {
  await using database = await openDatabase(readConfig());
  const keys = await listKeys(database.sql);
  if (keys.length === 0) print("There are no keys yet. Make one: deno task key add NAME --scope read");
  for (const line of keyLines(keys)) print(line);
}

async function revoke(name: string, { print }: Runtime): Promise<void> {
  await using database = await openDatabase(readConfig());
  const key = await revokeKey({ sql: database.sql, actor: "command" }, name);
  if (key === undefined) {
    throw new Misuse(`No key that can be used is called "${name}". List them: deno task key list`);
  }
  print(`The key "${name}" is revoked.`);
}

function scopeList(value: string): Scope[] {
  const names = value.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !isScope(name));
  if (unknown === undefined) return SCOPES.filter((scope) => names.includes(scope));
  throw new InvalidArgumentError(`"${unknown}" is not a scope. The scopes are ${SCOPES.join(", ")}.`);
}

function tagFilter(value: string): TagFilter {
  const parsed = parseTagFilter([value]);
  if (typeof parsed !== "string") return parsed;
  throw new InvalidArgumentError(`It ${parsed}.`);
}

function expiry(value: string): Expiry {
  const parsed = parseExpiry(value);
  if (parsed !== undefined) return parsed;
  throw new InvalidArgumentError(`It must be ${EXPIRY_FORM}.`);
}

function asMisuse(error: unknown): never {
  throw error instanceof Refusal ? new Misuse(`Cannot make this key: ${error.message}`, { cause: error }) : error;
}
