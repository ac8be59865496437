import { names } from "./names.ts";

/** The two calls of Lambda's that tell of versions. */
export interface VersionCalls {
  listVersionsByFunction(input: {
    FunctionName: string;
    Marker?: string;
  }): Promise<{ Versions?: { Version?: string | undefined }[] | undefined; NextMarker?: string | undefined }>;
  getAlias(input: { FunctionName: string; Name: string }): Promise<{
    FunctionVersion?: string | undefined;
    RoutingConfig?: { AdditionalVersionWeights?: Record<string, number> | undefined } | undefined;
  }>;
}

/** A function's published versions, in the service's order; none where there is no such function. */
export async function publishedVersions(lambda: VersionCalls, FunctionName: string): Promise<string[]> {
  const found: string[] = [];
  let Marker: string | undefined;
  do {
    const page = await lambda.listVersionsByFunction({ FunctionName, ...(Marker && { Marker }) }).catch(missing);
    found.push(...(page?.Versions ?? []).map(({ Version = "" }) => Version));
    Marker = page?.NextMarker;
  } while (Marker);
  return found.filter((version) => version !== "$LATEST");
}

/** What each version takes of the new executions, 0 to 1, as the alias says. */
export async function sharesOf(lambda: VersionCalls, FunctionName: string): Promise<Map<string, number>> {
  const alias = await lambda.getAlias({ FunctionName, Name: names.alias }).catch(missing);
  if (!alias?.FunctionVersion) return new Map();
  const weights = Object.entries(alias.RoutingConfig?.AdditionalVersionWeights ?? {});
  const rest = 1 - weights.reduce((sum, [, weight]) => sum + weight, 0);
  return new Map([[alias.FunctionVersion, rest], ...weights]);
}

function missing(error: unknown): undefined {
  if (!(error instanceof Error && error.name === "ResourceNotFoundException")) throw error;
  return undefined;
}
