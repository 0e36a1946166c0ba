/**
 * Reads a page of the service without leaving this one.
 *
 * @throws {Error} if the service does not answer, or answers with an error; its message is for people
 */
export async function fetchPage(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } }).catch((cause) => {
    throw new Error("The service does not answer", { cause });
  });
  if (answer.redirected && new URL(answer.url).pathname === "/sign-in") {
    // The session has ended. The whole page goes to the sign-in page, and comes back from there.
    location.reload();
    throw new Error("You are no longer signed in");
  }
  if (!answer.ok) throw new Error(`The service answers with status ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}
