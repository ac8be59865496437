const RealDate = Date;
const real = Date.now.bind(Date);

/** The machine's own time, whatever this thread's Date shows. */
export const realNow = (): number => real();

/** The instant of a clock that another thread moves: its `shared` memory holds its offset, and where it stands if it does. */
export function sharedNow(shared: SharedArrayBuffer): () => number {
  const cells = new BigInt64Array(shared);
  return () => {
    const standsAt = Number(Atomics.load(cells, 1));
    return standsAt === 0 ? real() + Number(Atomics.load(cells, 0)) : standsAt;
  };
}

/** Makes this thread's Date show `now()`, in all that reads the present instant; everything else of Date stays as it is. */
export function moveDate(now: () => number) {
  function MovedDate(this: unknown, ...given: unknown[]): unknown {
    if (!new.target) return new RealDate(now()).toString();
    const target = new.target === (MovedDate as unknown) ? RealDate : new.target;
    return Reflect.construct(RealDate, given.length === 0 ? [now()] : given, target);
  }
  Object.setPrototypeOf(MovedDate, RealDate);
  Object.assign(MovedDate, { prototype: RealDate.prototype, now });
  Object.defineProperty(RealDate.prototype, "constructor", {
    value: MovedDate,
    writable: true,
    configurable: true,
  });
  globalThis.Date = MovedDate as unknown as DateConstructor;
}
