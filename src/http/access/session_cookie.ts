/** A browser sends the first one over TLS alone, and takes it from no other host. */
export const SECURE_COOKIE = "__Host-storewatch_session";
export const PLAIN_COOKIE = "storewatch_session";

export const SESSION_COOKIES = [SECURE_COOKIE, PLAIN_COOKIE] as const;
