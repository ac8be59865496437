/** Requests as people write them, for the pictures and the browser tests: most need a person, one is plain. */
export const requests: Record<string, string> = {
  "mira-lang.md": `# Training request

Name: Mira Lang
E-mail: mira.lang@example.com
Role: Accountant
Department: Finance
Training: Data analysis with Python
Provider: Nordic Data School
Cost: 1450 EUR
Dates: 2027-02-08 to 2027-02-12

I close the books for three of our companies every month. Most of the time goes into
copying figures between spreadsheets and checking them by eye. I would like to learn enough Python to
read the exports of our ledger, compare them and draw the monthly reports by a script.

In October the reports took me nine working days. Two colleagues would use the scripts too.
`,
  "jonas-berg.md": `# Training request

Name: Jonas Berg
E-mail: jonas.berg@example.com
Role: Senior developer
Department: Platform
Training: Public speaking for engineers
Provider: Stagecraft
Cost: 890 EUR
Dates: 2027-01-18 to 2027-01-19

I present our platform to new teams four times a year and to customers twice. The feedback says that I
am clear on paper and hard to follow on stage. The department wants to run its own conference day in spring.
`,
  "elif-kaya.txt": `Hello HR,

my name is Elif Kaya (elif.kaya@example.com), I am a marketing specialist in the Brand department. I would like to
attend the training "Photography for social media" by Lichtwerk in Berlin on 3 and 4 March 2027. It costs 620 EUR.

We buy about thirty pictures a month for our channels. With some practice I could take half of them myself, and
they would look like us and not like everybody else's.

Kind regards
Elif`,
  "tom-reed.md": `# Training request

Name: Tom Reed
E-mail: tom.reed@example.com
Role: Driver
Department: Logistics
Training: Fleet telematics and route planning
Provider: TransAcademy
Cost: 540 EUR
Dates: 2027-02-22 to 2027-02-23

I drive the northern route and plan it for two colleagues by hand. The new vans report where they are and what they
use, and nobody reads it. I would like to learn how to plan with it. Last year we paid 11,000 EUR for detours.
`,
};
