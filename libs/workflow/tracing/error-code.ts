/** What a code, or an error's class, looks like. A sentence is neither, and may be about a person. */
const CODE = /^[A-Za-z][\w.:-]{0,63}$/;

/** The code of an error, or its class: of what went through a checkpoint the one that it had before. Never its message. */
export function errorCode(error: unknown): string {
  const { code, name, cause } = (error ?? {}) as { code?: unknown; name?: unknown; cause?: unknown };
  const inner = (cause ?? {}) as { code?: unknown; name?: unknown };
  const given = [code, inner.code, specific(inner.name), name].find(
    (one): one is string => typeof one === "string" && CODE.test(one),
  );
  return given ?? "Error";
}

/** A bare `Error` says less than what wraps it. */
const specific = (name: unknown) => (name === "Error" ? undefined : name);
