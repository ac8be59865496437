export { console } from "./console.ts";
export { documents } from "./documents.ts";
export { durableFunction } from "./durable-function.ts";
export { encryption } from "./encryption.ts";
export { intake } from "./intake.ts";
export { notifications } from "./notifications.ts";
export { observability } from "./observability.ts";
export { reviews } from "./reviews.ts";
