import { names } from "#deployment";
import type { Arns } from "../arns.ts";
import type { Environment } from "../environment.ts";
import type { Permission } from "../modules/shapes.ts";

export interface Context {
  environment: Environment;
  arns: Arns;
  /** The key that encrypts what is stored. */
  dataKeyArn: string;
}

/** Reviews, and the calls of outside systems, which any workflow may wait for. */
export const keepReviews = ({ arns }: Context): Permission => ({
  sid: "KeepReviews",
  actions: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"],
  resources: [arns.table(names.reviews), `${arns.table(names.reviews)}/index/*`],
});

/** As itself, and in nobody else's name. */
export const tellOfReviews = ({ arns }: Context): Permission => ({
  sid: "TellOfReviews",
  actions: ["events:PutEvents"],
  resources: [arns.eventBus],
  conditions: { StringEquals: { "events:source": ["longhaul"] } },
});

export const forgetWaits = ({ arns }: Context): Permission => ({
  sid: "ForgetWaits",
  actions: ["dynamodb:DeleteItem"],
  resources: [arns.table(names.reviews)],
});

export const sendMail = ({ arns, environment }: Context): Permission => ({
  sid: "SendMail",
  actions: ["ses:SendEmail"],
  resources: [arns.mailIdentity, arns.mailConfiguration],
  conditions: { StringEquals: { "ses:FromAddress": [environment.mail.from] } },
});

/** Objects under these prefixes, and no others. */
export function bucket({ read, write }: { read: readonly string[]; write: readonly string[] }, { arns }: Context) {
  const under = (prefixes: readonly string[]) => [...new Set(prefixes)].map((prefix) => `${arns.bucket}/${prefix}*`);
  const permissions: Permission[] = [];
  if (read.length > 0) {
    permissions.push({ sid: "ReadDocuments", actions: ["s3:GetObject"], resources: under(read) });
    permissions.push({
      // Without it an object that is not there is refused, and not said to be missing.
      sid: "SeeWhetherThere",
      actions: ["s3:ListBucket"],
      resources: [arns.bucket],
      conditions: { StringLike: { "s3:prefix": [...new Set(read)].map((prefix) => `${prefix}*`) } },
    });
  }
  if (write.length > 0) permissions.push({ sid: "WriteDocuments", actions: ["s3:PutObject"], resources: under(write) });
  return permissions;
}

/** By way of the services that store; nobody decrypts directly. */
export const useKey = ({ dataKeyArn, environment: { region } }: Context): Permission => ({
  sid: "UseKey",
  actions: ["kms:Decrypt", "kms:GenerateDataKey"],
  resources: [dataKeyArn],
  conditions: {
    StringEquals: {
      "kms:ViaService": ["dynamodb", "s3", "secretsmanager", "sqs"].map(
        (service) => `${service}.${region}.amazonaws.com`,
      ),
    },
  },
});
