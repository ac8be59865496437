interface TableShape {
  key: { partition: string; sort?: string };
  indexes?: Readonly<Record<string, { partition: string; sort: string; keysOnly?: true }>>;
}

/** A table as the module takes it, by its name, from the shape that its library exports. */
export function tables(name: string, { key, indexes = {} }: TableShape) {
  const ofIndex = ({ partition, sort, keysOnly }: { partition: string; sort: string; keysOnly?: true }) => ({
    partition_key: partition,
    sort_key: sort,
    ...(keysOnly && { keys_only: true }),
  });
  return {
    [name]: {
      partition_key: key.partition,
      ...(key.sort !== undefined && { sort_key: key.sort }),
      indexes: Object.fromEntries(Object.entries(indexes).map(([index, shape]) => [index, ofIndex(shape)])),
    },
  };
}
