/** A step down a gradient with the usual two averages (Adam), which changes the weights in place. */
export function adamOf(weights: Float32Array | Float64Array) {
  const [mean, square] = [weights.slice().fill(0), weights.slice().fill(0)];
  let step = 0;
  return (gradient: ArrayLike<number>, rate: number): void => {
    step += 1;
    for (let index = 0; index < weights.length; index += 1) {
      const value = gradient[index] ?? 0;
      mean[index] = 0.9 * (mean[index] ?? 0) + 0.1 * value;
      square[index] = 0.999 * (square[index] ?? 0) + 0.001 * value * value;
      const size = Math.sqrt((square[index] ?? 0) / (1 - 0.999 ** step)) + 1e-8;
      weights[index] = (weights[index] ?? 0) - (rate * (mean[index] ?? 0)) / (1 - 0.9 ** step) / size;
    }
  };
}
