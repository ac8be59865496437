import { WireError } from "../core/wire-error.ts";

const error = (type: string, status: number, message: string) => new WireError(type, status, message);

/** S3's own errors, by the codes that its clients know. */
export const errors = {
  noBucket: () => error("NoSuchBucket", 404, "The specified bucket does not exist"),
  noKey: () => error("NoSuchKey", 404, "The specified key does not exist."),
  noUpload: () => error("NoSuchUpload", 404, "The specified multipart upload does not exist."),
  bucketExists: () =>
    error(
      "BucketAlreadyOwnedByYou",
      409,
      "Your previous request to create the named bucket succeeded and you already own it.",
    ),
  bucketName: () => error("InvalidBucketName", 400, "The specified bucket is not valid."),
  notEmpty: () => error("BucketNotEmpty", 409, "The bucket you tried to delete is not empty"),
  precondition: () => error("PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold"),
  badDigest: (what: string) =>
    error("BadDigest", 400, `The ${what} you specified did not match the calculated checksum.`),
  incomplete: () => error("IncompleteBody", 400, "The request body terminated unexpectedly"),
  range: () => error("InvalidRange", 416, "The requested range is not satisfiable"),
  invalidPart: () => error("InvalidPart", 400, "One or more of the specified parts could not be found."),
  malformed: (message: string) => error("MalformedXML", 400, message),
  invalid: (message: string) => error("InvalidArgument", 400, message),
  tooLarge: () => error("EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size"),
  keyTooLong: () => error("KeyTooLongError", 400, "Your key is too long"),
  unknown: (what: string) => error("NotImplemented", 501, `The local S3 does not know ${what}.`),
};
