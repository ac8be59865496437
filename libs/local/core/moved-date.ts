const RealDate = Date;
const real = Date.now.bind(Date);

/** The machine's own time, whatever this process's Date shows. */
export const realNow = (): number => real();

/** Makes this process's Date show `now()`, in all that reads the present instant; everything else of Date stays as it is. */
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
