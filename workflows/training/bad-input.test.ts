import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { judged, request, startTraining, type Training } from "../../test/support/training.ts";

let training: Training;
beforeAll(async () => {
  training = await startTraining();
});
afterAll(() => training.close());
beforeEach(() => {
  training.script.next = { text: judged(90) };
  training.script.asked = 0;
});

const text = "Name: Ada Adler\nE-mail: ada.adler@example.com\nPlease let me attend Closing the books.";

test("a JSON request counts by its own fields, whatever the model reads", async () => {
  const { document } = await training.run("fine.json", request());
  expect(document).toMatchObject({
    decision: "approved",
    request: { applicantName: "Ben Brook", role: "Driver", trainingTitle: "Load securing", cost: "240 EUR" },
  });
});

test.each([
  [
    "lacks a field",
    "a.json",
    request({ role: undefined }),
    { field: "role", expected: "a string", received: "nothing" },
  ],
  ["has a field too many", "a.json", request({ urgent: true }), { field: "document", received: "also urgent" }],
  [
    "has a number for a text",
    "a.json",
    request({ department: 7 }),
    { field: "department", expected: "a string", received: "a number" },
  ],
  [
    "has a wrong address",
    "a.json",
    request({ applicant: { name: "Ben", email: "ben" } }),
    { field: "applicant.email", expected: "an e-mail address", received: "a text of 3 characters" },
  ],
  [
    "has a wrong date",
    "a.json",
    request({ training: { title: "T", provider: "P", startDate: "1.3.2027", endDate: "2027-03-02" } }),
    { field: "training.startDate", expected: "a date such as 2027-01-31" },
  ],
  [
    "costs less than nothing",
    "a.json",
    request({ cost: { amount: -1, currency: "EUR" } }),
    { field: "cost.amount", expected: "at least 0", received: "a negative number" },
  ],
  ["is cut off", "a.json", request().slice(0, -5), { field: "document", expected: "JSON" }],
  ["is empty", "a.md", "", { field: "document", received: "an empty file" }],
  ["is binary", "a.txt", Buffer.from([0, 1, 2]), { field: "document", received: "binary data" }],
  ["is in another encoding", "a.txt", Buffer.from("Grüße", "latin1"), { field: "document", expected: "text in UTF-8" }],
  ["is of an unknown kind", "a.docx", "PK", { field: "name", received: ".docx" }],
  ["is a damaged PDF", "a.pdf", "%PDF-1.7 nothing", { field: "document", received: "a damaged one" }],
])("a request that %s is rejected with the reason, and the model is not asked", async (_, name, body, problem) => {
  const { document } = await training.run(name, body);
  expect(document).toMatchObject({ decision: "rejected", decidedBy: "policy", score: null, problem });
  expect(document.why).toContain(`expected ${problem.field} to be `);
  expect(training.script.asked).toBe(0);
});

test("whoever sent a JSON request that is wrong elsewhere is told what is wrong, and never their data", async () => {
  await training.run("a.json", request({ cost: { amount: 240, currency: "Euro, please" } }));
  const [mail] = training.mails();
  expect(mail?.to).toEqual(["ben.brook@example.com"]);
  expect(mail?.text).toContain("expected cost.currency to be an ISO 4217 code, got a text of 12 characters");
  expect(mail?.text).not.toContain("please");
});

test("a document that was too large to read is rejected with the reason", async () => {
  const input = await training.place("big.md", text);
  const started = training.start({ document: { ...input.document, snapshot: null, size: 6_000_000 } });
  const short = (await started.ended).getResult() as { result: string };
  expect(await training.result(short.result)).toMatchObject({
    decision: "rejected",
    problem: { field: "document", expected: "at most 5242880 bytes", received: "6000000 bytes" },
  });
});
