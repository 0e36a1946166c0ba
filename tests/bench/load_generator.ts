import { setTimeout as delay } from "node:timers/promises";

/** Something that goes on for as long as some other work does. */
export async function during<Result>(
  work: Promise<unknown>,
  meanwhile: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const over = new AbortController();
  const end = () => over.abort();
  work.then(end, end);
  const [, result] = await Promise.all([work, meanwhile(over.signal)]);
  return result;
}

/**
 * Sends requests at a steady rate, whether or not those before are answered: a service that stands still delays all that
 * arrive meanwhile, and is seen to.
 *
 * @returns how long each took, in milliseconds
 */
export async function steadily(
  { perSecond, seconds }: { perSecond: number; seconds: number },
  request: () => Promise<unknown>,
): Promise<number[]> {
  const begun = performance.now();
  const sent: Promise<number>[] = [];
  for (let number = 0; number < perSecond * seconds; number++) {
    const wait = begun + number * 1000 / perSecond - performance.now();
    if (wait > 0) await delay(wait);
    const at = performance.now();
    sent.push(request().then(() => performance.now() - at));
  }
  return await Promise.all(sent);
}
