import { expect, test } from "vitest";
import { readRequest } from "./fields.ts";

const readFacts = async (document: string) => (await readRequest(document)).facts;

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

test("a JSON request is read whatever its keys are called", async () => {
  const facts = await readFacts(
    JSON.stringify({
      applicant: "[removed]",
      activity: "bus driver, city lines",
      desired_training: "De-escalation and dealing with aggressive passengers",
      organiser: "Verkehrsakademie",
      cost_centre: 4470,
      costs: { fee: 210, travel: 140 },
      because: "I drive the night line and was threatened once since summer. I want to know what to say.",
    }),
  );
  expect(facts).toMatchObject({
    role: expect.stringContaining("bus driver"),
    training: "De-escalation and dealing with aggressive passengers",
    cost: "210",
    reasons: expect.stringContaining("night line"),
  });
});

test("of a letter the role is the author's, not that of whom it is written to or speaks of", async () => {
  const { role, training } = await readFacts(
    'Dear head of department,\n\nI am a lab technician in the water laboratory. The quality manager asked for it: the course "HPLC troubleshooting" is on 3 March.\n\nRegards',
  );
  expect({ role, training }).toEqual({ role: "lab technician", training: "HPLC troubleshooting" });
});
