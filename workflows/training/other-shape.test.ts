import { expect, test } from "vitest";
import { parseJsonRequest } from "./request.ts";

const email = "ben.brook@example.com";
const reasons = "I drive the new trailers from June on, and nobody has shown me how to load them.";

test.each([
  ["two members", { from: "Gareth P., roofer", msg: "Improve Your Golf Swing, 150? The customers all play." }],
  ["a letter", { letter: "Dear Ms Tran, as a saw mill operator I ask for the course on grading." }],
  [
    "keys in another language",
    { beruf: "saw mill operator", ant: "Visual Strength Grading", b: "CE timber needs the proof." },
  ],
  ["the contract's names without its groups", { applicant: "Ben, driver", training: "Load securing", reasons }],
  ["many short members", { a: "Ben", b: "driver", c: "Load securing", d: "needed" }],
])("JSON of another shape that says enough is judged as a text: %s", (_, value) => {
  expect(parseJsonRequest(JSON.stringify(value))).toEqual({ valid: true });
});

test.each([
  ["nothing", {}, "applicant"],
  ["a greeting", { hello: "world" }, "applicant"],
  ["a title", { training: "Excel" }, "applicant"],
  ["numbers", { values: [1, 2, 3, 4, 5, 6, 7, 8, 9] }, "applicant"],
  ["the contract's shape without most of it", { applicant: { name: "Ben", email }, reasons }, "role"],
  ["the contract's shape without dates or role", { training: { title: "Load securing" }, reasons }, "applicant"],
  [
    "the contract's shape without an applicant",
    {
      role: "Driver",
      department: "Transport",
      training: { title: "Load securing", provider: "P", startDate: "2027-03-01", endDate: "2027-03-02" },
      cost: { amount: 240, currency: "EUR" },
      reasons,
    },
    "applicant",
  ],
])("JSON that says too little, or means the contract's shape, is told what is wrong: %s", (_, value, field) => {
  expect(parseJsonRequest(JSON.stringify(value))).toMatchObject({ valid: false, problem: { field } });
});
