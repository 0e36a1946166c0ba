import { type Argument, Command, type Option } from "commander";
import type { CommandModule, Runtime } from "../../src/command/run.ts";
import { table } from "./tables.ts";

const IDLE: Runtime = { signal: new AbortController().signal, print: () => {}, tell: () => {} };

/** A section for each command of `main.ts`: what it does, what it takes. */
export async function commandSections(): Promise<string> {
  const main = await Deno.readTextFile(new URL("../../main.ts", import.meta.url));
  const commands = [...main.matchAll(/^ {2}(\w+): \(\) => import\("\.\/(.+)"\),$/gm)];
  const sections = await Promise.all(commands.map(([, name = "", path = ""]) => commandSection(name, path)));
  return sections.join("\n\n");
}

async function commandSection(name: string, path: string): Promise<string> {
  const module: CommandModule = await import(`../../${path}`);
  const command = module.define(new Command(`deno task ${name}`), IDLE);
  const parts = [sectionOf(command, "##"), ...command.commands.map((part) => sectionOf(part, "###"))];
  return parts.join("\n\n");
}

function sectionOf(command: Command, level: string): string {
  const usage = `\`\`\`sh\n${nameOf(command)} ${command.usage()}\n\`\`\``;
  const rows = [...command.registeredArguments.map(argumentRow), ...command.options.map(optionRow)];
  const what = table(["argument or option", "meaning", "if not given"], rows);
  return [`${level} ${nameOf(command)}`, command.description(), usage, ...rows.length === 0 ? [] : [what]].join("\n\n");
}

/** With the names of the commands that it is a part of. */
function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${command.parent.name()} ${command.name()}`;
}

function argumentRow(argument: Argument): string[] {
  const text = `${argument.name()}${argument.variadic ? "…" : ""}`;
  return [`\`${argument.required ? `<${text}>` : `[${text}]`}\``, argument.description, ""];
}

function optionRow({ flags, description, argChoices, defaultValue, mandatory }: Option): string[] {
  const choices = argChoices === undefined ? "" : ` (${argChoices.map((choice) => `\`${choice}\``).join(", ")})`;
  const otherwise = mandatory ? "must be given" : defaultValue === undefined ? "" : `\`${defaultValue}\``;
  return [`\`${flags}\``, `${description}${choices}`, otherwise];
}
