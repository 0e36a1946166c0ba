/**
 * A whole file or body that cannot be taken in. Nothing was changed. The message is fit for the sender: HTTP
 * answers 422 with it, the command prints it and exits with 1.
 */
export class InputError extends Error {
  override name = "InputError";
}
