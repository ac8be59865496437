import { fitLogistic } from "./attempts-calibration.ts";
import { embed } from "./embeddings.ts";
import { motiveMeasures } from "./motive.ts";

export interface LabelledMotive {
  label: "work" | "private" | "general";
  text: string;
}

/** The weights that tell a motive of work, and one of private life, from all others. */
export async function fitMotives(sentences: readonly LabelledMotive[]): Promise<{ work: number[]; private: number[] }> {
  const vectors = await embed(sentences.map(({ text }) => text));
  const measured = sentences.map(({ text, label }, index) => ({
    label,
    measures: motiveMeasures(text, vectors[index] ?? new Float32Array()),
  }));
  const against = (wanted: LabelledMotive["label"]) =>
    fitLogistic(measured.map(({ measures, label }) => ({ measures, wanted: label === wanted ? 1 : 0 })));
  return { work: against("work"), private: against("private") };
}
