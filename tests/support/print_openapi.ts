// Prints the OpenAPI document.
import { readOpenApi } from "./read_openapi.ts";

console.log(JSON.stringify(await readOpenApi()));
Deno.exit();
