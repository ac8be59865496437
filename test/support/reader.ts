import type { Service, ServiceRequest, ServiceResponse } from "../../libs/local/core/service.ts";
import { restJsonError, WireError } from "../../libs/local/core/wire-error.ts";
import { handler } from "../../libs/reading/handler.ts";

const NAME = "longhaul-reader";
const INVOCATIONS = `/2015-03-31/functions/${NAME}/invocations`;

/** Lambda with the reader in it, in this process; every other request goes to `behind`, where there is one. */
export function lambdaWithReader(behind?: Service): Service {
  process.env.LONGHAUL_READER = NAME;
  const unknown = async () =>
    restJsonError(new WireError("ResourceNotFoundException", 404, "There is no function but the reader."));
  return {
    name: "lambda",
    maxBodyBytes: 6 * 1024 * 1024,
    tooLarge: (limit) =>
      restJsonError(new WireError("RequestTooLargeException", 413, `Expected at most ${limit} bytes.`)),
    ...behind,
    handle: (request) =>
      request.path === INVOCATIONS ? read(request) : (behind?.handle.bind(behind) ?? unknown)(request),
  };
}

async function read({ body }: ServiceRequest): Promise<ServiceResponse> {
  const answer = await handler(JSON.parse(body.toString()));
  return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(answer) };
}
