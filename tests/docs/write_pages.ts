// `deno task docs`: renews the parts of the documentation that are generated from the code.
import { madePage, pagePaths, readPage, ROOT } from "./page.ts";

for (const path of await pagePaths()) {
  const page = await readPage(path);
  const made = await madePage(page);
  if (made === page) continue;
  await Deno.writeTextFile(`${ROOT}${path}`, made);
  console.log(`renewed ${path}`);
}
