/** What the local cloud cannot start with. `code` is stable. */
export class LocalCloudError extends Error {
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** Another process has the data folder open. */
export class DataFolderInUseError extends LocalCloudError {
  constructor(folder: string) {
    super(
      "DATA_FOLDER_IN_USE",
      `The data folder ${folder} is in use by another Longhaul. Stop that one, or name another folder with --data.`,
    );
  }
}

/** A port is taken. */
export class PortInUseError extends LocalCloudError {
  constructor(port: number, option: string) {
    super("PORT_IN_USE", `Port ${port} on 127.0.0.1 is taken by another process. Name another one with ${option}.`);
  }
}
