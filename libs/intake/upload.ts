import { createHash } from "node:crypto";
import { subjectOfKey } from "#executions";
import { type Bucket, logger, ObjectNotFoundError, type startExecution } from "#platform";
import type { Contract } from "#workflow";
import type { DocumentInput } from "./document-input.ts";
import { RefusedMessageError } from "./errors.ts";
import type { Upload } from "./notification.ts";
import type { Requests } from "./requests.ts";

export interface UploadPorts {
  bucket: Bucket;
  requests: Requests;
  start: typeof startExecution;
  /** Tells the index of executions what one is about. */
  about?: (executionArn: string, subject: string) => Promise<void>;
}

/**
 * Starts the execution for an upload: reads it, registers its content, keeps a copy that no later upload changes, and
 * invokes the workflow by alias and name. Repeated at any point, it comes to the same execution.
 */
export async function startUpload(
  upload: Upload,
  contract: Contract,
  options: UploadPorts & { maxBytes: number; functionName: string; qualifier: string },
): Promise<{ execution: string; follows?: string | null | undefined }> {
  const { bucket, requests, start, functionName, qualifier } = options;
  const content = await read(bucket, upload.key, options.maxBytes);
  const { sha256, size } = content;
  const request = await requests.register(contract.name, {
    source: upload.key,
    sha256,
    size,
    sequencer: upload.sequencer,
  });
  // A newer upload has been registered: this event is of the past, and its own content is gone.
  if (request.sha256 !== sha256) return { execution: request.execution, follows: request.follows };

  const snapshot = content.body && `${contract.name}/documents/${request.execution}`;
  if (snapshot && content.body) await bucket.putNew(snapshot, content.body, "application/octet-stream");
  const input: DocumentInput = {
    document: { key: upload.key, snapshot: snapshot ?? null, sha256, size },
    ...(request.follows && { follows: request.follows }),
  };
  const started = await start({ functionName, qualifier, name: request.execution, input });
  if (!started.started) {
    const received = "a name that another input has taken";
    throw new RefusedMessageError("NAME_TAKEN", {
      field: "execution",
      expected: `a free name, or ${request.execution} with this input`,
      received,
    });
  }
  // The index of executions can do without: it is found by its name, and its name by this key's request.
  if (started.arn)
    await options.about?.(started.arn, subjectOfKey(contract.name, upload.key)).catch((error: unknown) =>
      logger.warn("The index was not told what an execution is about", {
        execution: request.execution,
        error: error instanceof Error ? error.name : "unknown",
      }),
    );
  return { execution: request.execution, follows: request.follows };
}

interface Content {
  sha256: string;
  size: number;
  body?: Uint8Array;
}

/** What is too large is not read: its ETag and size stand for its content. */
async function read(bucket: Bucket, key: string, maxBytes: number): Promise<Content> {
  const sha256 = (data: Uint8Array | string) => createHash("sha256").update(data).digest("hex");
  try {
    const { size, etag } = await bucket.head(key);
    if (size > maxBytes) return { sha256: sha256(`${etag}:${size}`), size };
    const { body } = await bucket.get(key);
    return { sha256: sha256(body), size: body.byteLength, body };
  } catch (error) {
    if (!(error instanceof ObjectNotFoundError)) throw error;
    throw new RefusedMessageError("OBJECT_GONE", {
      field: "Records[].s3.object.key",
      expected: "an object that is in the bucket",
      received: "one that is gone",
    });
  }
}
