import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Command } from "commander";
import { logger } from "#platform";
import { copyRepository } from "../new/copy.ts";
import { findTool } from "../support/tools.ts";
import { apply, type Block, type Guide, loadGuides } from "./blocks.ts";
import { openSession } from "./session.ts";

const { only } = new Command("node test/guides/prove.ts")
  .description(
    "Follows the guides from top to bottom in a copy of the repository: every command, every change of a file.",
  )
  .option("--only <number>", "of one guide")
  .parse()
  .opts<{ only?: string }>();

logger.setLogLevel("SILENT");
const { folder, remove } = await copyRepository();
const session = await openSession(folder);
const tools = {
  aws: (await findTool("aws", "http://127.0.0.1:1")) !== undefined,
  python: (await findTool("python3 with boto3", "http://127.0.0.1:1")) !== undefined,
};
try {
  for (const guide of await loadGuides()) {
    if (only !== undefined && !guide.name.startsWith(`${only}-`)) continue;
    const start = performance.now();
    await follow(guide);
    console.log(`ok   ${guide.name} (${((performance.now() - start) / 1_000).toFixed(1)} s)`);
  }
} finally {
  await session.stop();
  await remove();
}
// Clients of the last local cloud keep connections.
process.exit();

async function follow({ name, blocks }: Guide) {
  let workflow = "";
  for (const block of blocks) {
    workflow = /^npm run new -- (\S+)/m.exec(block.text)?.[1] ?? workflow;
    try {
      await take(block, workflow);
    } catch (error) {
      console.log(`FAIL ${name}:${block.line}`);
      throw error;
    }
  }
}

async function take(block: Block, workflow: string) {
  const { language, file, text } = block;
  if (file) {
    const path = join(folder, file);
    const before = existsSync(path) ? await readFile(path, "utf8") : undefined;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, apply(block, before));
  } else if (language === "sh" && (tools.aws || !/^(aws|queue=|dead=)|^ +arn=/m.test(text))) await session.shell(text);
  else if (language === "python" && tools.python) await session.bash(`python3 - <<'PYTHON'\n${text}PYTHON`);
  else if (language === "remark" && text === "Hana approves" && tools.aws) await session.approve(workflow);
}
