export { converseOffline } from "./bedrock/converse-offline.ts";
export { OFFLINE_MODEL } from "./bedrock/offline-model.ts";
export { type LocalCloud, type LocalCloudOptions, startLocalCloud } from "./cloud.ts";
export { DataFolderInUseError, LocalCloudError, PortInUseError } from "./core/errors.ts";
export { type BuiltFunction, type DeployOptions, deploy } from "./deploy/index.ts";
