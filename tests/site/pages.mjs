// The pages that the browser tests and the screenshots look at: one of each kind.
export const PAGES = [
  { kind: "start page", path: "/" },
  { kind: "guideline", path: "/leitlinien/" },
  { kind: "release", path: "/leitlinien/2.0/" },
  { kind: "chapter", path: "/leitlinien/2.0/datenqualitaet/" },
  { kind: "superseded chapter", path: "/leitlinien/1.1/folgenabschaetzung/" },
  { kind: "gone chapter", path: "/leitlinien/2.0/zusammenarbeit/" },
  { kind: "consultation draft", path: "/leitlinien/entwurf/" },
  { kind: "draft chapter", path: "/leitlinien/entwurf/betrieb/" },
  { kind: "margin numbers", path: "/leitlinien/rn/" },
  { kind: "paragraph", path: "/leitlinien/rn/51/" },
  { kind: "gone paragraph", path: "/leitlinien/rn/48/" },
  { kind: "renamed chapter", path: "/leitlinien/2.0/risikomanagement/" },
  { kind: "changes", path: "/leitlinien/2.0/aenderungen/" },
  { kind: "synopsis", path: "/leitlinien/2.0/aenderungen/synopse/" },
  { kind: "redline", path: "/leitlinien/2.0/aenderungen/aenderungsmodus/" },
  { kind: "labs", path: "/ki-lab/" },
  { kind: "labs of a year", path: "/ki-lab/jahr/2021/" },
  { kind: "lab", path: "/ki-lab/1/" },
  { kind: "talk", path: "/ki-lab/1/datenqualitaet/" },
  { kind: "value pairs", path: "/werte/" },
  { kind: "coverage", path: "/werte/abdeckung/" },
  { kind: "value pair", path: "/werte/fairness-nichtdiskriminierung/" },
  { kind: "authorities", path: "/behoerden/" },
  { kind: "authority", path: "/behoerden/musterkasse/" },
  { kind: "glossary", path: "/glossar/" },
  { kind: "term", path: "/glossar/bias/" },
  { kind: "norms", path: "/normen/" },
  { kind: "experiences", path: "/erfahrungen/" },
  { kind: "experience", path: "/erfahrungen/neue-formulare-alte-modelle/" },
  { kind: "free page", path: "/impressum/" },
  { kind: "not found", path: "/404.html" },
];

/** The address of the first page of this kind. */
export function pathOf(kind) {
  return PAGES.find((page) => page.kind === kind).path;
}

/** One page of each kind, also when the table above grows. */
export function onePerKind() {
  return PAGES.filter(({ kind, path }) => pathOf(kind) === path);
}
