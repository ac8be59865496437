/** The sample people of the local stand-in. Roles come to the console in the groups claim, as they do from a real provider. */
export interface SamplePerson {
  /** The provider's stable id for the person. */
  subject: string;
  name: string;
  email: string;
  groups: readonly string[];
  /** What the person does, for the sign-in page. */
  does: string;
}

const person = (name: string, groups: readonly string[], does: string): SamplePerson => {
  const subject = name.toLowerCase().replace(" ", ".");
  return { subject, name, email: `${subject}@example.com`, groups, does };
};

export const people: readonly SamplePerson[] = [
  person("Hana Holm", ["hr-reviewer"], "HR reviewer: decides training requests"),
  person("Ravi Rao", ["hr-reviewer"], "HR reviewer: the second person where two must agree"),
  person("Clara Conte", ["compliance-officer", "hr-reviewer"], "Compliance officer: decides what is escalated"),
  person("Cyrus Cole", ["compliance-officer"], "Compliance officer: the second person for a write-off"),
  person("Aud Aasen", ["auditor"], "Auditor: sees every review, changes nothing"),
  person("Omar Okoye", ["operator"], "Operator: sees and stops executions"),
  person("Mara Moss", ["line-manager"], "Line manager: answers for a new hire, as the onboarding's samples name her"),
  person("Ines Ilves", ["new-hire"], "New hire: answers the check-ins of the onboarding"),
  person("Ada Applicant", [], "Applicant: sees the own case only"),
];

export const personBySubject = (subject: string) => people.find((one) => one.subject === subject);
