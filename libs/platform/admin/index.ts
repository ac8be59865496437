// Whole AWS clients, for what deploys, watches and tests the platform. No function may import this: every command of every
// service would be in its bundle.
export { connectBedrock } from "./bedrock.ts";
export { type AdminClients, type Connection, createAdminClients } from "./clients.ts";
export { createDeployClients, type DeployClients } from "./deploy.ts";
