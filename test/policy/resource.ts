/** A resource with its values, as `terraform test -json -verbose` prints it; what AWS would make up is a random string. */
export interface Resource {
  address: string;
  type: string;
  name: string;
  // biome-ignore lint/suspicious/noExplicitAny: each type has values of its own, and a rule knows those that it reads
  values: any;
}

/** What a rule found wrong: a resource's address, and what it lacks. */
export type Violation = string;

/** One promise about every resource of some kind. `id` is what docs/security-controls.md refers to. */
export interface Rule {
  id: string;
  promise: string;
  check: (resources: Resources) => Violation[];
}

export interface Resources {
  all: readonly Resource[];
  of: (...types: string[]) => Resource[];
}

export function resourcesOf(all: readonly Resource[]): Resources {
  return { all, of: (...types) => all.filter(({ type }) => types.includes(type)) };
}

/** Those of `resources` for which `holds` does not hold, each as a violation. */
export function without(
  resources: readonly Resource[],
  lacks: string,
  holds: (values: Resource["values"], resource: Resource) => unknown,
): Violation[] {
  return resources.filter((one) => !holds(one.values, one)).map(({ address }) => `${address}: ${lacks}`);
}

export interface Statement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Principal?: string | Record<string, string | string[]>;
  Action: string | string[];
  Resource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

export const statementsOf = (policy: string): Statement[] =>
  (JSON.parse(policy) as { Statement: Statement[] }).Statement;

export const listOf = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
