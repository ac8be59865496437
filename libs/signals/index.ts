export { mailboxesFromEnvironment } from "./environment.ts";
export { InvalidSignalError } from "./errors.ts";
export { type Interruptible, interruptible } from "./interruptible.ts";
export { createMailboxes, type Listener, type Mailboxes } from "./mailbox.ts";
export { type Received, type ReceiveOptions, receive, type SignalSchemas } from "./receive.ts";
export { Signal } from "./signal.ts";
export { instantOf, Moment, sleepUntil } from "./sleep-until.ts";
