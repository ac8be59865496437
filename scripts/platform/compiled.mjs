import { enableCompileCache } from "node:module";
import { join } from "node:path";

// Node keeps what it has compiled, and stripped of types, for the next start: it takes less time and 35 MB less memory.
enableCompileCache(join(import.meta.dirname, "../../node_modules/.cache/longhaul"));
