import { z } from "zod";

const CachePoint = z.strictObject({
  cachePoint: z.strictObject({ type: z.literal("default"), ttl: z.enum(["5m", "1h"]).optional() }),
});
const GuardContent = z.strictObject({
  guardContent: z.strictObject({
    text: z.strictObject({ text: z.string(), qualifiers: z.array(z.string()).optional() }),
  }),
});
const Block = z.union([z.strictObject({ text: z.string() }), CachePoint, GuardContent], {
  error: "a block of text, guardContent or cachePoint: images, documents and tools are not taken here",
});

/** What Converse takes, as far as Longhaul uses it. The members named `unknown` are handed on by `--bedrock aws` as they are. */
export const ConverseRequest = z.strictObject({
  messages: z
    .array(z.strictObject({ role: z.enum(["user", "assistant"]), content: z.array(Block).min(1) }))
    .min(1)
    .refine((messages) => messages[0]?.role === "user", "a conversation that starts with a user message"),
  system: z.array(Block).optional(),
  inferenceConfig: z
    .strictObject({
      maxTokens: z.int().min(1).optional(),
      temperature: z.number().min(0).max(1).optional(),
      topP: z.number().min(0).max(1).optional(),
      stopSequences: z.array(z.string()).optional(),
    })
    .optional(),
  outputConfig: z
    .strictObject({
      textFormat: z.strictObject({
        type: z.literal("json_schema"),
        structure: z.strictObject({
          jsonSchema: z.strictObject({
            schema: z.string(),
            name: z.string().optional(),
            description: z.string().optional(),
          }),
        }),
      }),
    })
    .optional(),
  requestMetadata: z.record(z.string().max(256), z.string().max(256)).optional(),
  serviceTier: z.strictObject({ type: z.enum(["default", "flex", "priority", "reserved"]) }).optional(),
  performanceConfig: z.strictObject({ latency: z.enum(["standard", "optimized"]) }).optional(),
  guardrailConfig: z
    .strictObject({
      guardrailIdentifier: z.string(),
      guardrailVersion: z.string(),
      trace: z.enum(["enabled", "disabled", "enabled_full"]).optional(),
    })
    .optional(),
  additionalModelRequestFields: z.unknown().optional(),
  additionalModelResponseFieldPaths: z.array(z.string()).optional(),
});
export type ConverseRequest = z.infer<typeof ConverseRequest>;

/** The text of a message's or the system's blocks, one after the other. */
export const textOf = (blocks: readonly z.infer<typeof Block>[]): string =>
  blocks
    .map((block) => ("text" in block ? block.text : "guardContent" in block ? block.guardContent.text.text : ""))
    .join("");
