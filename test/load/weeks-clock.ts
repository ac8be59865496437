import { z } from "zod";
import { moveDate } from "../../libs/local/core/moved-date.ts";

const Shown = z.object({ now: z.iso.datetime(), next: z.iso.datetime().nullable() });
const Books = z.object({ calling: z.number() });

export type RemoteClock = ReturnType<typeof createRemoteClock>;

/** The clock of a local cloud in another process, by its own port. This process's Date follows it: people decide at its time. */
export function createRemoteClock(endpoint: string, sandbox: string) {
  let now: number | undefined;
  const ask = async (move: object): Promise<z.infer<typeof Shown> | undefined> => {
    const response = await fetch(`${endpoint}/_longhaul/clock`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(move),
    });
    if (response.status === 409) return undefined;
    if (!response.ok) throw new Error(`The clock was not moved: ${await response.text()}`);
    const shown = Shown.parse(await response.json());
    if (now === undefined) moveDate(() => now ?? 0);
    now = Date.parse(shown.now);
    return shown;
  };
  return {
    now: () => now ?? 0,
    /** Until the cloud rests, and nobody outside is calling back. */
    async settle(): Promise<void> {
      for (let calm = 0; calm < 2; ) {
        await ask({ advance: "0s" });
        const { calling } = Books.parse(await (await fetch(`${sandbox}/books`)).json());
        calm = calling === 0 ? calm + 1 : 0;
      }
    },
    /** To what falls due next; undefined where nothing does. */
    toNext: () => ask({ toNext: true }),
  };
}
