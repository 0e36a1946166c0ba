import assert from "node:assert/strict";
import { attachment, rejectsFileName } from "../../src/http/answers/attachment.ts";
import { jsonOf, openService } from "../support/http_service.ts";

Deno.test("a download's name says what it is", async (t) => {
  await using service = await openService();
  const { app } = service;
  const nameOf = async (path: string) => {
    const answer = await app.request(path);
    await answer.body?.cancel();
    return /filename="(.*)"$/.exec(answer.headers.get("content-disposition") ?? "")?.[1];
  };

  await t.step("a report's has the time, and a method that is not the usual one", async () => {
    const [step, clock] = [await service.report(), await service.report("?method=clock&as_of=2023-01-24T18:13:59Z")];
    assert.equal(await nameOf(`/reports/${step}/report.csv`), "storewatch-2023-01-25T09-00-report.csv");
    assert.equal(await nameOf(`/reports/${step}/performance.csv`), "storewatch-2023-01-25T09-00-performance.csv");
    assert.equal(await nameOf(`/reports/${clock}/report.csv`), "storewatch-2023-01-24T18-13-clock-report.csv");
  });

  await t.step("that of rejected rows has the name of their file", async () => {
    const form = new FormData();
    form.append("file", new Blob(["store_id,timezone_str\n1,Mars/Olympus\n1,UTC\n"]), "zones.csv");
    const { rejects_url } = await jsonOf(await app.request("/imports", { method: "POST", body: form }));
    assert.equal(await nameOf(String(rejects_url)), "zones-rejects.csv");
  });
});

Deno.test("whatever a file is called, its rejects have a name that file systems and headers take", () => {
  assert.equal(rejectsFileName("Polls.CSV.gz"), "Polls-rejects.csv");
  assert.equal(rejectsFileName("a/b:c\n.csv"), "a-b-c--rejects.csv");
  assert.equal(rejectsFileName(".csv"), "file-rejects.csv");
  assert.equal(attachment("plain.csv"), `attachment; filename="plain.csv"`);
  assert.equal(
    attachment(`café "1".csv`),
    `attachment; filename="caf_ _1_.csv"; filename*=UTF-8''caf%C3%A9%20%221%22.csv`,
  );
});
