import type { Adapter, AdapterPayload } from "oidc-provider";

/**
 * Where the provider keeps codes, interactions, sessions and tokens: in memory, for they live minutes. After a restart people
 * sign in again; the console's own sessions are sealed cookies and stay.
 */
export function createMemory(): (model: string) => Adapter {
  const entries = new Map<string, { payload: AdapterPayload; expires: number }>();
  const alive = (key: string) => {
    const entry = entries.get(key);
    if (entry && entry.expires > Date.now()) return entry.payload;
    entries.delete(key);
    return undefined;
  };
  const findWhere = (model: string, matches: (payload: AdapterPayload) => boolean) =>
    [...entries.keys()]
      .filter((key) => key.startsWith(`${model}:`))
      .map(alive)
      .find((payload) => payload !== undefined && matches(payload));
  const forgetExpired = () => {
    for (const key of entries.keys()) alive(key);
  };

  return (model) => ({
    async upsert(id, payload, expiresIn) {
      forgetExpired();
      entries.set(`${model}:${id}`, { payload, expires: expiresIn ? Date.now() + expiresIn * 1_000 : Infinity });
    },
    find: async (id) => alive(`${model}:${id}`),
    findByUid: async (uid) => findWhere(model, (payload) => payload.uid === uid),
    findByUserCode: async (userCode) => findWhere(model, (payload) => payload.userCode === userCode),
    async consume(id) {
      const payload = alive(`${model}:${id}`);
      if (payload) payload.consumed = Math.floor(Date.now() / 1_000);
    },
    async destroy(id) {
      entries.delete(`${model}:${id}`);
    },
    async revokeByGrantId(grantId) {
      for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key);
    },
  });
}
