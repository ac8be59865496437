/** A plan as `terraform show -json` prints it, as far as it is looked into. */
export interface PlanJson {
  resource_changes?: ResourceChange[];
}

export interface ResourceChange {
  address: string;
  type: string;
  change: {
    actions: ("no-op" | "create" | "read" | "update" | "delete")[];
    before: Record<string, unknown> | null;
    after: Record<string, unknown> | null;
    /** Which arguments force a replacement. */
    replace_paths?: (string | number)[][];
  };
}

export interface PlanSummary {
  create: string[];
  update: string[];
  replace: string[];
  destroy: string[];
  /** The arguments that change, by the address of what is updated. */
  changed: Record<string, string[]>;
  /** What holds executions or data and would be lost, by address, with what that means. */
  losses: { address: string; means: string }[];
}

/** What a plan would do, and what it would lose. */
export function summarise({ resource_changes: changes = [] }: PlanJson): PlanSummary {
  const by = (kind: (change: ResourceChange) => boolean) => changes.filter(kind).map(({ address }) => address);
  const has = (action: string) => (one: ResourceChange) => one.change.actions.includes(action as "create");
  const isReplaced = (one: ResourceChange) => has("create")(one) && has("delete")(one);
  return {
    create: by((one) => has("create")(one) && !isReplaced(one)),
    update: by(has("update")),
    changed: Object.fromEntries(
      changes.filter(has("update")).map(({ address, change }) => [address, changedIn(change)]),
    ),
    replace: by(isReplaced),
    destroy: by((one) => has("delete")(one) && !isReplaced(one)),
    losses: changes.filter(has("delete")).flatMap((one) => {
      const means = lossOf(one);
      return means ? [{ address: one.address, means }] : [];
    }),
  };
}

function changedIn({ before, after }: ResourceChange["change"]): string[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names].filter((name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name])).sort();
}

function lossOf({ type, change: { before } }: ResourceChange): string | undefined {
  if (type === "aws_dynamodb_table") return "the table and its items";
  if (type === "aws_s3_bucket") return "the bucket and its documents";
  const durable = before?.durable_config;
  if (type === "aws_lambda_function" && Array.isArray(durable) && durable.length > 0)
    return "the durable function, with every execution that runs or sleeps in it";
  return undefined;
}

/** The plan in a few lines for people: how many, and each that is replaced or destroyed. */
export function describeSummary({ create, update, changed, replace, destroy, losses }: PlanSummary): string[] {
  return [
    `${create.length} to create, ${update.length} to update, ${replace.length} to replace, ${destroy.length} to destroy`,
    ...update.map((address) => `  update  ${address} (${changed[address]?.join(", ")})`),
    ...replace.map((address) => `  REPLACE ${address}`),
    ...destroy.map((address) => `  DESTROY ${address}`),
    ...losses.map(({ address, means }) => `  LOSS    ${address}: ${means}`),
  ];
}

/** The losses that nobody asked for by name. `forced` are addresses. */
export const unforced = ({ losses }: PlanSummary, forced: readonly string[]) =>
  losses.filter(({ address }) => !forced.includes(address));
