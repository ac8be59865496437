import { errors } from "./errors.ts";
import { LATEST } from "./registry.ts";
import { type ControlContext, json, type Route, targetOf } from "./route.ts";

interface Target {
  name: string;
  qualifier: string | undefined;
}

const called = ({ name, qualifier }: Target) => (qualifier ? `${name}:${qualifier}` : name);

/** DeleteFunction: refused while there are executions of it that run, since they could never end. */
export const deleteFunction: Route = async (parameters, request, context) => {
  const target = targetOf(parameters, request);
  check(target, context);
  const running = context.engine().running(target.name, target.qualifier);
  if (running > 0) {
    throw errors.conflict(
      `${called(target)} has ${running} running durable execution${running === 1 ? "" : "s"}: stop them or wait for their end, or force it by DELETE /_longhaul/functions/${encodeURIComponent(target.name)}.`,
    );
  }
  await remove(target, context);
  return { status: 204 };
};

/** `DELETE /_longhaul/functions/NAME[?Qualifier=VERSION]`, which Lambda has not: stops what runs, says how many, then deletes. */
export const forceDeletion: Route = async (parameters, request, context) => {
  const target = targetOf(parameters, request);
  check(target, context);
  const stopped = await context.engine().stopAll(target.name, target.qualifier);
  await remove(target, context);
  return json(200, { deleted: called(target), stopped });
};

function check({ name, qualifier }: Target, { registry }: ControlContext) {
  registry.get(name, qualifier ?? LATEST);
  if (qualifier === undefined) return;
  if (!/^\d+$/.test(qualifier))
    throw errors.invalid("A version is deleted by its number; $LATEST and aliases are not.");
  const pointing = registry.aliases(name).find(({ FunctionVersion }) => FunctionVersion === qualifier);
  if (pointing) throw errors.conflict(`The alias ${pointing.Name} points to version ${qualifier}.`);
}

async function remove({ name, qualifier }: Target, { store, registry, concurrency }: ControlContext) {
  await store.write(() => registry.remove(name, qualifier));
  if (qualifier === undefined) await concurrency.set(name, undefined);
}
