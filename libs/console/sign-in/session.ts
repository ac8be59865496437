import { randomBytes, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { sealData, unsealData } from "iron-session";
import { z } from "zod";
import { Person } from "#callbacks";

const IDLE_MS = 60 * 60_000;
const ABSOLUTE_MS = 10 * 60 * 60_000;
/** The cookie is written anew at most this often; between, reading a page sets nothing. */
const TOUCH_MS = 60_000;

const Session = z.strictObject({
  person: Person,
  roles: z.array(z.string()),
  csrf: z.string(),
  signedInAt: z.number(),
  seenAt: z.number(),
});
type Session = z.infer<typeof Session>;

/** Whom a session or a token speaks for, before it is known what they were lent. */
export interface Known {
  person: Person;
  roles: readonly string[];
  csrf?: string;
}

/** The sessions: sealed cookies, no table. A session is only ever made by a completed sign-in, never taken from a request. */
export interface Sessions {
  /** Whose live session it is; undefined where there is none, or it is over. `touch` keeps it from idling. */
  read(c: Context, options: { touch: boolean }): Promise<Known | undefined>;
  begin(c: Context, who: { person: Person; roles: readonly string[] }): Promise<void>;
  end(c: Context): void;
}

/** `secure` is false only where the console itself is reached over plain HTTP on loopback. */
export function createSessions(options: { secret: string; secure: boolean; now: () => number }): Sessions {
  const { secret, secure, now } = options;
  const name = secure ? "__Host-longhaul" : "longhaul";
  const attributes = { path: "/", httpOnly: true, sameSite: "Lax", secure } as const;
  const write = async (c: Context, session: Session) => {
    const seal = await sealData(session, { password: secret, ttl: ABSOLUTE_MS / 1_000 });
    setCookie(c, name, seal, { ...attributes, maxAge: ABSOLUTE_MS / 1_000 });
  };

  return {
    async read(c, { touch }) {
      const seal = getCookie(c, name);
      if (!seal) return undefined;
      const unsealed = await unsealData(seal, { password: secret, ttl: ABSOLUTE_MS / 1_000 });
      const { data: session } = Session.safeParse(unsealed);
      if (!session || now() - session.seenAt > IDLE_MS || now() - session.signedInAt > ABSOLUTE_MS) return undefined;
      if (touch && now() - session.seenAt > TOUCH_MS) await write(c, { ...session, seenAt: now() });
      const { person, roles, csrf } = session;
      return { person, roles, csrf };
    },
    async begin(c, { person, roles }) {
      const time = now();
      const csrf = randomBytes(32).toString("base64url");
      await write(c, { person, roles: [...roles], csrf, signedInAt: time, seenAt: time });
    },
    end: (c) => void deleteCookie(c, name, attributes),
  };
}

export function isSameToken(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
