/** CloudWatch's units, as far as they are used here. */
type Unit = "Count" | "Seconds" | "Milliseconds" | "None";

export interface Metrics {
  /** The one dimension that all of Longhaul's metrics have. */
  workflow: string;
  /** By name; a bare number is a count. */
  values: Readonly<Record<string, number | { value: number; unit: Unit }>>;
}

interface Options {
  now?: () => number;
  write?: (line: string) => void;
}

/**
 * Writes metrics of the namespace `Longhaul` as a line of CloudWatch's embedded metric format
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 * It is written to the output itself: `console.log` would wrap it where Lambda's log is JSON. Names and numbers only.
 * Nothing is written where Powertools' `POWERTOOLS_METRICS_DISABLED` is `true`.
 */
export function writeMetrics({ workflow, values }: Metrics, options: Options = {}): void {
  const { now = Date.now, write = toOutput } = options;
  const all = Object.entries(values).map(([name, given]) => ({
    name,
    ...(typeof given === "number" ? { value: given, unit: "Count" } : given),
  }));
  if (all.length === 0) return;
  const directive = {
    Namespace: "Longhaul",
    Dimensions: [["workflow"]],
    Metrics: all.map(({ name, unit }) => ({ Name: name, Unit: unit })),
  };
  write(
    JSON.stringify({
      _aws: { Timestamp: now(), CloudWatchMetrics: [directive] },
      workflow,
      ...Object.fromEntries(all.map(({ name, value }) => [name, value])),
    }),
  );
}

function toOutput(line: string): void {
  if (process.env.POWERTOOLS_METRICS_DISABLED !== "true") process.stdout.write(`${line}\n`);
}
