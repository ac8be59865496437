import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { CallbackAction, type CallbackReceiver } from "#callbacks";

/** `POST /callbacks/{token}/{action}` on a loopback port, as the console serves it. */
export async function serveCallbacks({ receive }: Pick<CallbackReceiver, "receive">) {
  const server = createServer((request, response) => {
    const [, , token = "", action] = (request.url ?? "").split("/");
    const serve = async () => receive(token, CallbackAction.parse(action), await text(request));
    serve().then(
      ({ status }) => response.writeHead(status).end(),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
