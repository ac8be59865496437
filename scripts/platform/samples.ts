import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { names } from "#deployment";
import type { AdminClients } from "#platform/admin";
import { bucketTrigger, type Contract } from "#workflow";
import { loadContracts, root } from "../build/functions.ts";

export interface Sample {
  contract: Contract;
  /** The file's name. */
  file: string;
  /** Its key in the bucket. */
  key: string;
}

/** The samples of every workflow that a bucket's objects start. */
export async function listSamples(): Promise<Sample[]> {
  const contracts = await loadContracts();
  const lists = contracts.map(async (contract) => {
    const trigger = bucketTrigger(contract);
    const files = await readdir(join(root, "workflows", contract.name, "samples")).catch(() => []);
    return trigger ? files.sort().map((file) => ({ contract, file, key: trigger.prefix + file })) : [];
  });
  return (await Promise.all(lists)).flat();
}

/** The samples of the workflows to which nothing was ever uploaded here. */
export async function firstSamples({ s3 }: AdminClients, samples: readonly Sample[]): Promise<Sample[]> {
  const prefixOf = ({ contract }: Sample) => bucketTrigger(contract)?.prefix ?? "";
  const listings = [...new Set(samples.map(prefixOf))].map(async (Prefix) => {
    const { KeyCount } = await s3.listObjectsV2({ Bucket: names.bucket, Prefix, MaxKeys: 1 });
    return KeyCount === 0 ? [Prefix] : [];
  });
  const empty = (await Promise.all(listings)).flat();
  return samples.filter((sample) => empty.includes(prefixOf(sample)));
}

export async function uploadSample({ s3 }: AdminClients, { contract, file, key }: Sample) {
  const Body = await readFile(join(root, "workflows", contract.name, "samples", file));
  await s3.putObject({ Bucket: names.bucket, Key: key, Body });
}
