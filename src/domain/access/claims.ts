import { parseTagFilter, type TagFilter, tidyFilter, whyNoFilter } from "../tags/tag_filter.ts";
import { isScope, type Scope, SCOPES } from "./scope.ts";

/** What a provider of identities says of a person. */
export type Claims = Readonly<Record<string, unknown>>;

/** Which claims say what a person may do. */
export interface ClaimNames {
  /** The claim with roles: a list, or a text with blanks between them. */
  readonly roles: string;
  /** The scope that a role gives. Undefined: a role is the name of a scope. */
  readonly scopeOf: Readonly<Record<string, Scope>> | undefined;
  /** The claim with the stores that the person sees. A person without it sees all stores. */
  readonly where: string;
}

/** A person, as far as Storewatch has to know. */
export interface Person {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly where: TagFilter | undefined;
}

/** Reads what a person may do. @returns why it cannot be read, as a text that the person may see */
export function personOf(claims: Claims, names: ClaimNames): Person | string {
  const { iss: issuer, sub: subject } = claims;
  if (typeof issuer !== "string" || typeof subject !== "string") return "The provider does not say who you are";
  const scopes = scopesOf(claims[names.roles], names);
  if (scopes.length === 0) return "Your account has no role here. An admin of the provider gives roles";
  const where = whereOf(claims[names.where]);
  if (typeof where === "string") return `The stores of your account cannot be read: the claim ${names.where} ${where}`;
  return { issuer, subject, name: nameOf(claims, subject), scopes, where };
}

function scopesOf(roles: unknown, { scopeOf }: ClaimNames): Scope[] {
  const given = new Set(textsOf(roles).flatMap((text) => text.split(/[\s,]+/)).map((role) => toScope(role, scopeOf)));
  return SCOPES.filter((scope) => given.has(scope));
}

function toScope(role: string, scopeOf: ClaimNames["scopeOf"]): Scope | undefined {
  if (scopeOf === undefined) return isScope(role) ? role : undefined;
  return Object.hasOwn(scopeOf, role) ? scopeOf[role] : undefined;
}

/** `region:West`, a list of such texts, or `{"region": ["West"]}`. What is there and cannot be read must not mean all stores. */
function whereOf(claim: unknown): TagFilter | undefined | string {
  if (claim === undefined || claim === null) return undefined;
  if (typeof claim === "string" || Array.isArray(claim)) return parseTagFilter(textsOf(claim));
  if (typeof claim !== "object") return "must be tags such as region:West";
  const filter = Object.fromEntries(Object.entries(claim).map(([key, values]) => [key, textsOf(values)]));
  return whyNoFilter(filter) ?? tidyFilter(filter);
}

function textsOf(value: unknown): string[] {
  return [value].flat().filter((each) => typeof each === "string");
}

const LONGEST_NAME = 100;

/** A name without characters that forge lines or look like others. */
function nameOf({ email, preferred_username: username, name }: Claims, subject: string): string {
  const found = [email, username, name].find((text) => typeof text === "string" && text.trim() !== "");
  return String(found ?? subject).replaceAll(/[\p{C}\p{Z}]+/gu, " ").trim().slice(0, LONGEST_NAME) || subject;
}
