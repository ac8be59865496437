import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Clock } from "../core/clock.ts";
import type { Service } from "../core/service.ts";
import type { Store } from "../core/store.ts";
import { restJsonError, WireError } from "../core/wire-error.ts";

export interface SentMail {
  id: string;
  at: number;
  from: string;
  to: string[];
  subject: string;
  text: string;
}

const Data = z.object({ Data: z.string() });
const Mail = z.object({
  FromEmailAddress: z.string().min(3),
  Destination: z.object({ ToAddresses: z.array(z.string()).min(1).max(50) }),
  Content: z.object({ Simple: z.object({ Subject: Data, Body: z.object({ Text: Data }) }) }),
});

const KEPT_MAILS = 10_000;

/** SES v2, as far as SendEmail with plain text goes. It sends nothing: mails are kept, to be looked at. */
export function createMail({ store, clock }: { store: Store; clock: Clock }): {
  service: Service;
  sent(limit?: number): SentMail[];
} {
  store.migrate("mail", ["CREATE TABLE mails (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT, at INTEGER, mail TEXT)"]);
  const keep = (mail: Omit<SentMail, "id" | "at">) => {
    const id = randomUUID();
    const { lastInsertRowid } = store
      .sql("INSERT INTO mails (id, at, mail) VALUES (?, ?, ?)")
      .run(id, clock.now(), JSON.stringify(mail));
    store.sql("DELETE FROM mails WHERE seq <= ?").run(Number(lastInsertRowid) - KEPT_MAILS);
    return id;
  };
  return {
    service: {
      name: "ses",
      maxBodyBytes: 10 * 1024 * 1024,
      async handle({ method, path, body }) {
        if (method !== "POST" || path !== "/v2/email/outbound-emails") {
          return restJsonError(
            new WireError("BadRequestException", 400, `The local SES does not know ${method} ${path}.`),
          );
        }
        const parsed = Mail.safeParse(safeJson(body));
        if (!parsed.success)
          return restJsonError(new WireError("BadRequestException", 400, z.prettifyError(parsed.error)));
        const { FromEmailAddress, Destination, Content } = parsed.data;
        const { Subject, Body } = Content.Simple;
        const mail = {
          from: FromEmailAddress,
          to: Destination.ToAddresses,
          subject: Subject.Data,
          text: Body.Text.Data,
        };
        const MessageId = await store.write(() => keep(mail));
        return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify({ MessageId }) };
      },
      tooLarge: () => restJsonError(new WireError("BadRequestException", 400, "The mail is larger than 10 MB.")),
    },
    sent: (limit = 100) =>
      store
        .sql("SELECT * FROM mails ORDER BY seq DESC LIMIT ?")
        .all(limit)
        .map(({ id, at, mail }) => ({
          ...(JSON.parse(String(mail)) as Omit<SentMail, "id" | "at">),
          id: String(id),
          at: Number(at),
        })),
  };
}

function safeJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
