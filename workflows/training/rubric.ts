import type { Rubric } from "#scoring";

const WEIGHTS: Readonly<Record<string, number>> = {
  "fit-to-role": 45,
  "use-for-department": 25,
  "concrete-reasons": 20,
};

/** What a training request is judged by. */
export const rubric: Rubric = {
  version: "training-2",
  task: "Judge how well a training fits the role and the work of the employee who asks for it.",
  criteria: [
    {
      id: "fit-to-role",
      question: "Does the training teach what the applicant's role needs?",
      weight: 55,
      anchors: {
        "0": "It has nothing to do with the role.",
        "50": "It helps with a side of the role.",
        "100": "It teaches the core of the role.",
      },
    },
    {
      id: "use-for-department",
      question: "Will the department use what is learned?",
      weight: 20,
      anchors: { "0": "No use is to be seen.", "50": "A use is likely.", "100": "A need of the department is met." },
    },
    {
      id: "concrete-reasons",
      question: "Are the reasons concrete: a task, a problem, a goal, a number?",
      weight: 15,
      anchors: { "0": "No reasons.", "50": "General reasons.", "100": "Concrete tasks or figures." },
    },
    {
      id: "proportionate-cost",
      question: "Is the cost in proportion to what such a training brings?",
      weight: 10,
      anchors: { "0": "Out of proportion.", "50": "High, or not stated.", "100": "Modest." },
    },
  ],
  mayUse: ["role", "department", "training", "provider", "cost", "dates", "reasons"],
  mustNotUse: ["name", "contact", "age", "sex", "origin", "religion", "health", "family"],
  languages: ["en"],
};

/**
 * Rubrics on trial, which the contract can name as a candidate (`scoring.shadow`). `training-3` lets what the department gains and
 * the reasons weigh more, and the title of the training less.
 */
export const candidates: readonly Rubric[] = [
  {
    ...rubric,
    version: "training-3",
    criteria: rubric.criteria.map((criterion) => ({ ...criterion, weight: WEIGHTS[criterion.id] ?? criterion.weight })),
  },
];
