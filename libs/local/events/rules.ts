import { z } from "zod";
import type { Store } from "../core/store.ts";
import { WireError } from "../core/wire-error.ts";

/** Patterns as far as they are known here: exact texts and prefixes, at any depth. */
const Matcher = z.union([z.string(), z.strictObject({ prefix: z.string() })]);
interface Pattern {
  [field: string]: readonly z.infer<typeof Matcher>[] | Pattern;
}
const Pattern: z.ZodType<Pattern> = z.lazy(() =>
  z.record(z.string(), z.union([z.array(Matcher).min(1).readonly(), Pattern])),
);

export const PutRule = z.strictObject({
  Name: z.string().regex(/^[.\-_A-Za-z0-9]{1,64}$/),
  EventPattern: z.string().max(4_096),
  Description: z.string().max(512).optional(),
  State: z.literal("ENABLED").optional(),
});
export const PutTargets = z.strictObject({
  Rule: z.string(),
  Targets: z
    .array(
      z.strictObject({
        Id: z.string().min(1).max(64),
        Arn: z.string().startsWith("arn:aws:sqs:", "an SQS queue's ARN"),
      }),
    )
    .min(1)
    .max(5),
});

export type Rules = ReturnType<typeof createRules>;

/** The bus's rules: which events go to which queues. */
export function createRules(store: Store) {
  let cached: { pattern: Pattern; targets: Map<string, string> }[] | undefined;
  const rules = () => {
    cached ??= store
      .sql("SELECT pattern, targets FROM bus_rules ORDER BY name")
      .all()
      .map(({ pattern, targets }) => ({
        pattern: Pattern.parse(JSON.parse(String(pattern))),
        targets: new Map(JSON.parse(String(targets)) as [string, string][]),
      }));
    return cached;
  };
  return {
    async put({ Name, EventPattern }: z.infer<typeof PutRule>): Promise<void> {
      if (!Pattern.safeParse(json(EventPattern)).success)
        throw new WireError(
          "InvalidEventPatternException",
          400,
          "Event pattern is not valid. The local EventBridge knows texts and prefixes.",
        );
      const text =
        "INSERT INTO bus_rules (name, pattern, targets) VALUES (?, ?, '[]') ON CONFLICT (name) DO UPDATE SET pattern = excluded.pattern";
      await store.write(() => store.sql(text).run(Name, EventPattern));
      cached = undefined;
    },

    async target({ Rule, Targets }: z.infer<typeof PutTargets>): Promise<void> {
      await store.write(() => {
        const row = store.sql("SELECT targets FROM bus_rules WHERE name = ?").get(Rule);
        if (!row)
          throw new WireError("ResourceNotFoundException", 400, `Rule ${Rule} does not exist on EventBus default.`);
        const targets = new Map(JSON.parse(String(row.targets)) as [string, string][]);
        for (const { Id, Arn } of Targets) targets.set(Id, Arn);
        store.sql("UPDATE bus_rules SET targets = ? WHERE name = ?").run(JSON.stringify([...targets]), Rule);
      });
      cached = undefined;
    },

    /** The queues that an event goes to. */
    queuesFor(event: Readonly<Record<string, unknown>>): string[] {
      return rules().flatMap(({ pattern, targets }) => (matches(pattern, event) ? [...targets.values()] : []));
    },
  };
}

function matches(pattern: Pattern, event: unknown): boolean {
  return Object.entries(pattern).every(([field, wanted]) => {
    const value = (event as Record<string, unknown> | undefined)?.[field];
    if (!Array.isArray(wanted)) return typeof value === "object" && matches(wanted as Pattern, value);
    const values = Array.isArray(value) ? value : [value];
    return values.some((one) => (wanted as readonly z.infer<typeof Matcher>[]).some((matcher) => fits(matcher, one)));
  });
}

const fits = (matcher: z.infer<typeof Matcher>, value: unknown) =>
  typeof matcher === "string" ? value === matcher : typeof value === "string" && value.startsWith(matcher.prefix);

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
