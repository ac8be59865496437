import { chancesOf, type Weights } from "./chances.ts";
import weights from "./fit.json" with { type: "json" };
import { sharesOf } from "./lexicon.ts";
import { placesOf } from "./space.ts";
import { dot, softmax, type Vector } from "./vector.ts";
import { middleOf, type Occupation, vocabulary } from "./vocabulary.ts";

/**
 * What is measured of a role and a training, all in the space of work or in the vocabulary's words: the training beside the
 * role's own occupations (`own`), beside all others (`margin`) and by how likely each is the role's (`soft`); the same by words
 * (`said…`); the training beside the role's name (`direct`), beside what such roles learn (`taught`), beside leisure and what
 * serves anywhere; how near its occupation is to the role's (`kin`), and how surely the role is known (`known`).
 */
export const MEASURES = [
  "own",
  "margin",
  "soft",
  "saidOwn",
  "saidMargin",
  "saidSoft",
  "direct",
  "taught",
  "leisure",
  "transversal",
  "kin",
  "known",
] as const;
export type Measures = Record<(typeof MEASURES)[number], number>;

export interface Fit {
  measures: Measures;
  /** How likely it is unfit, partly fit and fit, by the names alone. */
  chances: [unfit: number, partly: number, fit: number];
  /** The occupations that the role was taken for and that the training belongs to most; the same where it fits. */
  ownOccupation: string;
  nearestOccupation: string;
}

/** What a title says of standing and not of work. */
const RANK =
  /^(?:(?:junior|senior|trainee|apprentice|assistant|deputy|certified|experienced|part-time|full-time|lead|principal|chief)\s+)+(?=\w+\s*\w)/i;
/** Titles within this of the best one count as the role's too: an HR manager is both. */
const ALSO_OWN = 0.06;
/** How sharply the likelier occupations of a role count. */
const SHARPNESS = 0.07;

/** Above this a phrase of the vocabulary is the very one. */
const SAME = 0.995;

interface Options {
  /** As if the vocabulary did not hold the two phrases themselves, for calibrating on phrases of its own. */
  leaveOut?: boolean;
}

/** How well a training fits a role, by what the two mean and by what is known of occupations. */
export async function fitOf(role: string, training: string, options: Options = {}): Promise<Fit> {
  const [[fit] = []] = await fitsOf([role], [training], options);
  return fit as Fit;
}

/** How well each training fits each role: a row a role. What is measured of one alone is measured once. */
export async function fitsOf(
  roles: readonly string[],
  trainings: readonly string[],
  { leaveOut = false }: Options = {},
): Promise<Fit[][]> {
  const most = leaveOut ? SAME : 2;
  const titles = roles.map(titleIn);
  const places = await placesOf([...titles, ...trainings]);
  const ofRoles = titles.map((title, index) => roleSide(title, places[index] as Vector, most));
  const ofTrainings = trainings.map((training, index) =>
    trainingSide(training, places[titles.length + index] as Vector, most),
  );
  return ofRoles.map((role) => ofTrainings.map((training) => fitBetween(role, training)));
}

/** What is measured of a role alone; lists have an entry for each occupation. */
interface RoleSide {
  place: Vector;
  known: number;
  isOwn: boolean[];
  likely: number[];
  /** The middle of what such roles learn. */
  taught: Vector;
}

function roleSide(role: string, place: Vector, most: number): RoleSide {
  const { occupations } = vocabulary();
  const titles = occupations.map((occupation) => titleLikeness(role, place, { ...occupation, most }));
  const known = Math.max(...titles);
  const likely = softmax(titles.map((likeness) => likeness / SHARPNESS));
  return {
    place,
    known,
    likely,
    isOwn: titles.map((likeness) => likeness >= known - ALSO_OWN),
    taught: middleOf(
      occupations.map(({ centre }) => centre),
      (index) => likely[index] ?? 0,
    ),
  };
}

/** What is measured of a training alone; lists have an entry for each occupation. */
interface TrainingSide {
  place: Vector;
  skills: number[];
  said: number[];
  leisure: number;
  transversal: number;
}

function trainingSide(training: string, place: Vector, most: number): TrainingSide {
  const { occupations, lexicon, transversal, leisure } = vocabulary();
  const holds = occupations.map(({ skills }) => most < 1 && skills.includes(training));
  return {
    place,
    skills: occupations.map(({ skillPlaces }) => nearness(place, skillPlaces, most)),
    said: [...sharesOf(training, lexicon, (group) => holds[group] ?? false)],
    leisure: nearness(place, leisure, most),
    transversal: nearness(place, transversal, most),
  };
}

function fitBetween({ place, known, isOwn, likely, taught }: RoleSide, training: TrainingSide): Fit {
  const { occupations } = vocabulary();
  const { skills, said } = training;
  const own = best(skills, isOwn, true);
  const nearest = best(
    skills.map((skill, index) => skill + (said[index] ?? 0)),
    isOwn,
    undefined,
  );
  const by = (values: readonly number[]) => {
    const ofOwn = best(values, isOwn, true).value;
    const mean = values.reduce((sum, value, index) => sum + value * (likely[index] ?? 0), 0);
    return [ofOwn, ofOwn - best(values, isOwn, false).value, mean - Math.max(...values)] as const;
  };
  const [ofOwn, margin, soft] = by(skills);
  const [saidOwn, saidMargin, saidSoft] = by(said);
  const centreOf = (index: number) => occupations[index]?.centre as Vector;
  const measures = {
    own: ofOwn,
    margin,
    soft,
    saidOwn,
    saidMargin,
    saidSoft,
    direct: dot(place, training.place),
    taught: dot(taught, training.place),
    leisure: training.leisure - ofOwn,
    transversal: training.transversal - ofOwn,
    kin: dot(centreOf(own.index), centreOf(nearest.index)),
    known,
  };
  return {
    measures,
    chances: chancesOf(
      MEASURES.map((name) => measures[name]),
      weights as Weights,
    ),
    ownOccupation: occupations[own.index]?.name ?? "",
    nearestOccupation: occupations[nearest.index]?.name ?? "",
  };
}

/** `Quality inspector, castings` and `nurse (ward 3)` are a title with more beside it. */
function titleIn(stated: string): string {
  const [title = stated] = stated.split(/\s*[,(/]\s*|\s+[-–|]\s+/);
  return title.replace(RANK, "") || title || stated;
}

function titleLikeness(
  role: string,
  place: Vector,
  { titles, titlePlaces, most }: Occupation & { most: number },
): number {
  if (most > 1 && titles.some((title) => title.toLowerCase() === role.toLowerCase())) return 1;
  return Math.max(-1, ...titlePlaces.map((title) => dot(place, title)).filter((likeness) => likeness < most));
}

/** The mean of the two likest that are not the very same. */
function nearness(one: Vector, others: readonly Vector[], most: number): number {
  let [first, second] = [-1, -1];
  for (const other of others) {
    const likeness = dot(one, other);
    if (likeness >= most) continue;
    if (likeness > first) [first, second] = [likeness, first];
    else if (likeness > second) second = likeness;
  }
  return (first + second) / 2;
}

/** The highest of the values of the role's own occupations, of all others, or of all. */
function best(values: readonly number[], isOwn: readonly boolean[], own: boolean | undefined) {
  let found = { index: 0, value: -1 };
  for (const [index, value] of values.entries())
    if ((own === undefined || isOwn[index] === own) && value > found.value) found = { index, value };
  return found;
}
