import { expect, test } from "vitest";
import { readFacts } from "./fields.ts";

test("a training that neither a label nor a phrase names is found by how it is written", async () => {
  const { training } = await readFacts(
    "Hello,\nYesenia here, window cleaner at height.\nIRATA Level 1 Rope Access Technician - VerticalAndes - 5 days\nWe have won two towers, rope only.",
  );
  expect(training).toBe("IRATA Level 1 Rope Access Technician");
});

test("a title is given as it is said, with what stands in its brackets", async () => {
  const { training, role } = await readFacts(
    "Role: UX designer\nTraining: Accessible design (WCAG 2.2)\nReasons: The law asks for it.",
  );
  expect({ training, role }).toEqual({ training: "Accessible design (WCAG 2.2)", role: "UX designer" });
});

test("a role is what somebody says to be, not a word in the course's name", async () => {
  const { role } = await readFacts(
    "I'm backend developer in Payments. I want the coastal skipper licence this spring.",
  );
  expect(role).toBe("backend developer");
});
