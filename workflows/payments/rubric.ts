import type { Rubric } from "#scoring";

/** What an odd payment is judged by: high is ordinary business. */
export const rubric: Rubric = {
  version: "payments-1",
  task: "Judge how much an order looks like the ordinary purchase of a business or a household.",
  criteria: [
    {
      id: "ordinary-goods",
      question: "Are the goods what businesses or households usually buy?",
      weight: 60,
      anchors: {
        "0": "Goods that are as good as cash: gift cards, vouchers, bullion.",
        "50": "Unusual goods with an ordinary use.",
        "100": "Office supplies, tools, furniture, food.",
      },
    },
    {
      id: "ordinary-quantity",
      question: "Does the quantity fit a use?",
      weight: 40,
      anchors: { "0": "Far more than anybody uses.", "50": "Many, as for an event.", "100": "As many as are used." },
    },
  ],
  mayUse: ["goods", "quantities", "amount"],
  mustNotUse: ["name", "contact", "age", "sex", "origin", "religion", "health", "family"],
  languages: ["en"],
};
