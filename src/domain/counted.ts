/** `14,092` */
export function count(number: number): string {
  return number.toLocaleString("en");
}

/** `14,092 stores`, `1 store` */
export function counted(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** `105.3 MB` */
export function bytes(number: number): string {
  if (number < 1000) return counted(number, "byte");
  return number < 1e6 ? `${(number / 1e3).toFixed(1)} kB` : `${(number / 1e6).toFixed(1)} MB`;
}
