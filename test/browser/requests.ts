const letter = (
  [name, role, department]: [string, string, string],
  [training, provider, cost, dates]: [string, string, string, string],
  reasons: string,
) => `# Training request

Name: ${name}
E-mail: ${name.toLowerCase().replace(" ", ".")}@example.com
Role: ${role}
Department: ${department}
Training: ${training}
Provider: ${provider}
Cost: ${cost}
Dates: ${dates}

${reasons}
`;

/** Requests as people write them, for the pictures and the browser tests: most are left to a person. */
export const requests: Record<string, string> = {
  "mira-lang.md": letter(
    ["Mira Lang", "Accountant", "Finance"],
    ["Negotiation with suppliers", "Nordic Business School", "1450 EUR", "2027-02-08 to 2027-02-10"],
    `I close the books for three of our companies and agree the terms of payment with about forty suppliers.
Last year we paid 11,000 EUR of interest because I gave way on dates too early.

I would like to learn how to prepare such talks and how to hold a position. Two colleagues in
purchasing have taken the same course and now agree 45 days where I still agree 30.`,
  ),
  "elif-kaya.md": letter(
    ["Elif Kaya", "Marketing specialist", "Brand"],
    ["Photography for social media", "Lichtwerk Berlin", "620 EUR", "2027-03-03 to 2027-03-04"],
    `We buy about thirty pictures a month for our channels. With some practice I could take half of them
myself, and they would look like us and not like everybody else's. The camera is there; nobody can use it well.`,
  ),
  "jonas-berg.md": letter(
    ["Jonas Berg", "HR specialist", "People"],
    ["Data analysis", "Open Data School", "1190 EUR", "2027-01-18 to 2027-01-20"],
    `Every quarter I answer the same questions on turnover and absence by hand, from four exports. It takes me
three days each time, and the numbers differ from finance's. I want to be able to do it once, properly.`,
  ),
  "tom-reed.md": letter(
    ["Tom Reed", "Driver", "Logistics"],
    ["Planning tours and dispatching", "Akademie am Hafen", "740 EUR", "2027-02-22 to 2027-02-24"],
    `I drive the northern route, 600 km a day and often alone. When the dispatcher is away I sometimes plan a tour for
the others. In some years I would rather sit in the office, and perhaps there will be a place; nobody can say yet.`,
  ),
  "sofia-vega.md": letter(
    ["Sofia Vega", "Electrician", "Facilities"],
    ["Energy consulting", "TechnikForum", "980 EUR", "2027-04-12 to 2027-04-14"],
    `The roof of hall 3 gets panels in summer, and people ask me every week where the current goes. I would like to
be able to say what is worth changing, and to measure it. The course ends with a certificate.`,
  ),
  "priya-nair.md": letter(
    ["Priya Nair", "Customer support agent", "Support"],
    ["Writing for the web", "Klartext", "450 EUR", "2027-01-25 to 2027-01-26"],
    `I take about 60 calls a day. Now and then I answer a mail, and once I wrote a page for our help. If we ever have a
knowledge base I might write more of it; that has not been decided. I enjoy writing, I admit.`,
  ),
};
