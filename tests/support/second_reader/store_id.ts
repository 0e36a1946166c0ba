export function storeId(text: string): string | undefined {
  const id = text.replace(/^'/, "").trim().replace(/^(\d+)\.0$/, "$1");
  const isBad = [...id].length < 1 || [...id].length > 64 ||
    /^[=+@-]/.test(id) || id === "." || id === ".." ||
    /^\d(([.,]\d+)?e\+|[.,]\d+e)\d+$/i.test(id) ||
    /[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/u.test(id);
  return isBad ? undefined : id;
}
