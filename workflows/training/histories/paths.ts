import { createHash } from "node:crypto";
import type { Path, Running, World } from "../../../scripts/history/world.ts";
import { judged } from "../../../test/support/training.ts";
import type { TrainingInput } from "../contract.ts";

const TEXT = "Name: Ada Adler\nE-mail: ada.adler@example.com\nPlease let me attend Closing the books.";
const by = { subject: "hana", name: "Hana Holm" };

/** A request in the bucket that the model gives this level. */
const request =
  (level: number, more: Partial<TrainingInput> = {}) =>
  async ({ s3, script }: World): Promise<TrainingInput> => {
    script.next = { text: judged(level) };
    const sha256 = createHash("sha256").update(TEXT).digest("hex");
    const snapshot = `training/documents/${sha256}`;
    await s3.putObject({ Bucket: "longhaul-documents", Key: snapshot, Body: TEXT });
    return { document: { key: `training/requests/${level}.md`, snapshot, sha256, size: TEXT.length }, ...more };
  };

const decide =
  (outcome: "approved" | "rejected") =>
  async ({ reviews, execution }: Running): Promise<boolean> => {
    const [open] = await reviews.ofCase(execution);
    if (open?.status !== "open") return false;
    await reviews.decide(open.id, { outcome, reason: "As the record says.", by, roles: ["hr-reviewer"] });
    return true;
  };

export const paths: Readonly<Record<string, Path>> = {
  approved: { input: request(90) },
  rejected: { input: request(20) },
  "approved-by-a-person": { input: request(60), meanwhile: decide("approved") },
  "rejected-by-a-person": { input: request(61), meanwhile: decide("rejected") },
  expired: { input: request(62) },
  unreadable: { input: async (world) => ({ document: { ...(await request(0)(world)).document, snapshot: null } }) },
  "takes-the-place-of-another": { input: request(91, { follows: "training-approved-by-a-person" }) },
};
