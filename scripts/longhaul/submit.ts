import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { z } from "zod";
import { names } from "#deployment";
import { executionOf } from "#intake";
import { bucketTrigger, queueTrigger } from "#workflow";
import { RefusedError, type Site } from "./site.ts";

/** Uploads a file where the workflow looks for its documents. */
export async function submit(site: Site, workflow: string, file: string): Promise<{ key: string }> {
  const trigger = bucketTrigger(site.contractOf(workflow));
  if (!trigger) throw new RefusedError(`${workflow} takes no documents: start it with \`start ${workflow} FILE\`.`);
  const Body = await readFile(file).catch(() => {
    throw new RefusedError(`Expected a file that can be read, got ${file}.`);
  });
  if (Body.length > trigger.maxBytes)
    throw new RefusedError(`Expected at most ${trigger.maxBytes} bytes, got ${Body.length}.`);
  const key = trigger.prefix + basename(file);
  await site.s3.putObject({ Bucket: names.bucket, Key: key, Body });
  return { key };
}

/** Puts the message on the workflow's queue that starts an execution with this input; checked here first. */
export async function start(
  site: Site,
  workflow: string,
  json: string,
): Promise<{ message: string; execution: string }> {
  const contract = site.contractOf(workflow);
  const trigger = queueTrigger(contract);
  if (!trigger)
    throw new RefusedError(`${workflow} takes no messages: submit a file with \`submit ${workflow} FILE\`.`);
  const data = z.record(z.string(), z.unknown()).parse(parse(json));
  const checked = contract.input.safeParse(data);
  if (!checked.success) throw new RefusedError(`The input is not ${workflow}'s:\n${z.prettifyError(checked.error)}`);
  const id = randomUUID();
  const event = { specversion: "1.0", id, source: "/longhaul/cli", type: trigger.eventType, data };
  const { QueueUrl } = await site.sqs.getQueueUrl({ QueueName: names.queue(workflow) });
  await site.sqs.sendMessage({ QueueUrl, MessageBody: JSON.stringify(event) });
  return { message: id, execution: executionOf(contract, data, trigger) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RefusedError(`Expected JSON: ${error instanceof Error ? error.message : ""}`);
  }
}
