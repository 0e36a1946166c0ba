const HIDDEN = "***";
/** A password in any URL. */
const IN_URL = /(\w:\/\/[^\s:/?#@"]*:)[^\s/?#@"]+(?=@)/g;
const NAMES = /PASSWORD|SECRET|TOKEN/;
/** A shorter one would be hidden in words that have nothing to do with it. */
const SHORTEST = 6;

type Environment = Readonly<Record<string, string | undefined>>;

/** The secrets among settings: values of variables with such names, and passwords in addresses. */
export function secretsIn(environment: Environment): string[] {
  const secrets = new Set<string>();
  const others = new Set<string>(["storewatch"]);
  for (const [name, value = ""] of Object.entries(environment)) {
    if (NAMES.test(name)) secrets.add(value);
    else if (URL.canParse(value) && new URL(value).password !== "") {
      const { username, password, hostname, pathname } = new URL(value);
      secrets.add(decoded(password));
      for (const part of [username, hostname, pathname.slice(1)]) others.add(decoded(part));
    } else others.add(value);
  }
  return [...secrets].filter((secret) => secret.length >= SHORTEST && !others.has(secret));
}

/** Hides secrets in a text, in any of the forms in which a line may have them. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  let hidden = text.replaceAll(IN_URL, `$1${HIDDEN}`);
  for (const secret of secrets) {
    const forms = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
    for (const form of forms) hidden = hidden.replaceAll(form, HIDDEN);
  }
  return hidden;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
