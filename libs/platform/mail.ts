import { clientDefaults, once } from "./call.ts";

const load = once(async () => {
  const sdk = await import("./clients/ses.ts");
  return { sdk, client: new sdk.SESv2Client(clientDefaults) };
});

/** Sends one plain-text mail by SES. SES knows no idempotency key: sent again after an unknown outcome, it may arrive twice. */
export async function sendMail(mail: {
  from: string;
  to: readonly string[];
  subject: string;
  text: string;
}): Promise<void> {
  const { sdk, client } = await load();
  await client.send(
    new sdk.SendEmailCommand({
      FromEmailAddress: mail.from,
      Destination: { ToAddresses: [...mail.to] },
      Content: { Simple: { Subject: { Data: mail.subject }, Body: { Text: { Data: mail.text } } } },
    }),
  );
}
