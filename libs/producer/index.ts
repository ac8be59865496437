export { asyncApi, eventSchemas } from "./documents.ts";
export { InvalidEventError, NotSentError } from "./errors.ts";
export { type Contracts, createProducer, type InputOf, type Outcome, type ProducerOptions } from "./producer.ts";
