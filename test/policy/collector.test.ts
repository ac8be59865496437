import { expect, test } from "vitest";
import { loadContracts } from "../../scripts/build/functions.ts";
import { loadEnvironment } from "../../scripts/tf/environments.ts";
import { defineEnvironment } from "../../terraform/stacks/environment.ts";
import { synthesise } from "../../terraform/stacks/synth.ts";
import { temporaryFolder } from "../support/cloud.ts";
import { sampleCode } from "./values.ts";

const collector = "https://collector.example.com";

test("workflows are told of the collector where the environment names one, and of none where it does not", async () => {
  const { folder, remove } = await temporaryFolder();
  try {
    const [contracts, environment] = await Promise.all([loadContracts(), loadEnvironment("dev")]);
    const tellsOf = async (traces: { traces?: { collector: string } }) => {
      const { json } = await synthesise(
        { environment: { ...environment, ...traces }, contracts, code: sampleCode },
        folder,
      );
      return [...new Set(JSON.stringify(json).match(/"OTEL_\w+":"[^"]*"/g) ?? [])];
    };
    expect(await tellsOf({})).toEqual([]);
    expect(await tellsOf({ traces: { collector } })).toEqual([`"OTEL_EXPORTER_OTLP_ENDPOINT":"${collector}"`]);
  } finally {
    await remove();
  }
});

test("a collector is reached by TLS, and its address holds no secret", async () => {
  const environment = await loadEnvironment("dev");
  const withCollector = (url: string) => () => defineEnvironment({ ...environment, traces: { collector: url } });
  expect(withCollector(collector)).not.toThrow();
  for (const url of ["http://collector.example.com", "https://a:b@collector.example.com", `${collector}/?key=1`, "no"])
    expect(withCollector(url), url).toThrow("traces.collector");
});
