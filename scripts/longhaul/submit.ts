import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { z } from "zod";
import { names } from "#deployment";
import { executionOf } from "#intake";
import { bucketTrigger, queueTrigger } from "#workflow";
import { RefusedError, type Site } from "./site.ts";

const Input = z.record(z.string(), z.unknown());
const Event = z.looseObject({ specversion: z.literal("1.0"), id: z.string(), data: Input });

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

/** Puts the message on the workflow's queue that starts an execution with this input, or this CloudEvent; checked here first. */
export async function start(
  site: Site,
  workflow: string,
  json: string,
): Promise<{ message: string; execution: string }> {
  const contract = site.contractOf(workflow);
  const trigger = queueTrigger(contract);
  if (!trigger)
    throw new RefusedError(`${workflow} takes no messages: submit a file with \`submit ${workflow} FILE\`.`);
  const given = Input.parse(parse(json));
  // A whole event is sent as it is: its id makes the same message of it.
  const event = Event.safeParse(given).data ?? {
    specversion: "1.0",
    id: randomUUID(),
    source: "/longhaul/cli",
    type: trigger.eventType,
    datacontenttype: "application/json",
    data: given,
  };
  const { data } = event;
  const checked = contract.input.safeParse(data);
  if (!checked.success) throw new RefusedError(`The input is not ${workflow}'s:\n${z.prettifyError(checked.error)}`);
  const { QueueUrl } = await site.sqs.getQueueUrl({ QueueName: names.queue(workflow) });
  await site.sqs.sendMessage({ QueueUrl, MessageBody: JSON.stringify(event) });
  return { message: event.id, execution: executionOf(contract, data, trigger) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RefusedError(`Expected JSON: ${error instanceof Error ? error.message : ""}`);
  }
}
