import type { Rule } from "../resource.ts";
import { accessRules } from "./access.ts";
import { functionRules } from "./functions.ts";
import { queueRules } from "./queues.ts";
import { storageRules } from "./storage.ts";

/** What holds for every resource of every environment. */
export const rules: Rule[] = [...queueRules, ...functionRules, ...storageRules, ...accessRules];
