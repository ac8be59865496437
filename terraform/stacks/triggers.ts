import type { Contract } from "#workflow";

/** The contract's bucket trigger, where it has one. */
export const bucketTrigger = ({ triggers }: Contract) => triggers.find(({ kind }) => kind === "bucket");

/** Where inputs lie in the documents bucket that are too large to travel. */
export const inputPrefix = (workflow: string) => `${workflow}/inputs/`;
