/**
 * A schema-only stand-in for the provider hashicorp/aws, for `terraform validate` and for `terraform test` with
 * `mock_provider`, without a registry. It knows the arguments of the resource types that the modules use, and their types;
 * it knows no rule between arguments, and it can plan or apply nothing.
 *
 * Terraform starts it and reads one line from it (go-plugin's handshake), then speaks gRPC over cleartext HTTP/2: TF_DISABLE_PLUGIN_TLS=1.
 */
import { readFileSync } from "node:fs";
import { createServer, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { schemaResponse } from "./messages.ts";
import type { SchemaFile } from "./schema.ts";

const MAGIC_COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
const OK = "0";
const UNIMPLEMENTED = "12";

if (process.env.TF_PLUGIN_MAGIC_COOKIE !== MAGIC_COOKIE) {
  console.error("This is a Terraform provider plugin: Terraform starts it.");
  process.exit(1);
}

const file = JSON.parse(readFileSync(join(import.meta.dirname, "aws-schema.json"), "utf8")) as SchemaFile;
const nothing = () => Buffer.alloc(0);
const answers: Record<string, () => Buffer> = {
  "/tfplugin6.Provider/GetProviderSchema": () => schemaResponse(file.schema),
  "/tfplugin6.Provider/ValidateProviderConfig": nothing,
  "/tfplugin6.Provider/ValidateResourceConfig": nothing,
  "/tfplugin6.Provider/ConfigureProvider": nothing,
  "/tfplugin6.Provider/StopProvider": nothing,
  // Without it Terraform waits two seconds at the end of every command.
  "/plugin.GRPCController/Shutdown": () => {
    setTimeout(() => process.exit(0), 10);
    return nothing();
  },
};

function answer(stream: ServerHttp2Stream, method: string) {
  const message = answers[method]?.();
  const head = { ":status": 200, "content-type": "application/grpc" };
  if (!message) {
    stream.respond({ ...head, "grpc-status": UNIMPLEMENTED }, { endStream: true });
    return;
  }
  // A gRPC frame: not compressed, the length in four bytes, the message.
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.length, 1);
  stream.respond(head, { waitForTrailers: true });
  stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": OK }));
  stream.end(Buffer.concat([prefix, message]));
}

const server = createServer();
server.on("stream", (stream, headers) => {
  stream.on("error", () => {});
  stream.resume();
  answer(stream, String(headers[":path"]));
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`1|6|tcp|127.0.0.1:${port}|grpc\n`);
});
// Terraform ends it; an interrupt at the terminal goes to the whole group and is not for us.
process.on("SIGINT", () => {});
