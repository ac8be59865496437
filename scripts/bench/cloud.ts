import { startLambda } from "../../test/support/cloud.ts";
import { serve } from "./child.ts";

// The engine's process: `node cloud.ts FOLDER`.
const [folder = ""] = process.argv.slice(2);
const started = startLambda(folder);

serve(async () => (await started).endpoint);
