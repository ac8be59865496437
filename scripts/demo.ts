// `npm run demo` shows training requests, `npm run demo -- payments` the saga with money, `npm run demo -- onboarding` weeks: each is a script of its own.
// What the libraries log belongs to functions; here it would stand between the lines of the demo, and in its JSON.
process.env.POWERTOOLS_LOG_LEVEL ??= "SILENT";

if (process.argv[2] === "payments") {
  process.argv.splice(2, 1);
  await import("./demo/payments.ts");
} else if (process.argv[2] === "onboarding") {
  process.argv.splice(2, 1);
  await import("./demo/onboarding.ts");
} else await import("./demo/training.ts");
