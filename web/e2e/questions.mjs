// Ten questions on a page of results, with their answers computed from its JSON: to be asked of readers who have the
// page and nothing else. node questions.mjs http://127.0.0.1:8080/c/SLUG/results.json [--answers]

const [address, flag] = process.argv.slice(2);
const { counts, groups, statements } = await (await fetch(address)).json();

/** @typedef {{agree: number, pass: number, disagree: number}} Votes */
/** @typedef {{text: string, votes: Votes | null, groups: (Votes | null)[], standing?: string, least_agreement?: number}} Statement */

/** Whole percents as the page has them: the largest remainders are rounded up. @param {Votes | null} votes */
function percents(votes) {
  const parts = [votes?.agree ?? 0, votes?.pass ?? 0, votes?.disagree ?? 0];
  const whole = parts.reduce((sum, part) => sum + part, 0) || 1;
  const shares = parts.map((part) => Math.floor((100 * part) / whole));
  const order = [0, 1, 2].sort((a, b) => ((100 * parts[b]) % whole) - ((100 * parts[a]) % whole) || a - b);
  for (const at of order.slice(0, 100 - shares.reduce((sum, share) => sum + share, 0))) shares[at] += 1;
  return { agree: shares[0], pass: shares[1], disagree: shares[2] };
}

/** @param {string[]} standing @returns {Statement[]} */
const standing = (...standing) => statements.filter((/** @type {Statement} */ one) => standing.includes(one.standing ?? ""));
const agreed = standing("agreed").sort((a, b) => (b.least_agreement ?? 0) - (a.least_agreement ?? 0));
const rejected = standing("rejected");
const differ = standing("differs", "one_group");
const first = agreed[0];
const second = agreed[1];

const questions = [
  ["How many people took part?", counts.people],
  ["How many statements are there?", counts.statements],
  ["How many groups are there, and how many percent of the people on the map are in the first?", `${groups.length}; ${groups[0]?.percent}%`],
  ["How many people are on the map?", counts.on_the_map],
  ["On how many statements do all groups clearly say the same?", agreed.length + rejected.length],
  ["To how many of these do they say no?", rejected.length],
  ["What share of everyone agrees with the statement that all groups agree on most surely?", `${percents(first?.votes).agree}% (${first?.text})`],
  ["On how many statements do the groups differ?", differ.length],
  ["What share of each group agrees with the second statement that all groups agree on?", `${second?.groups.map((votes) => `${percents(votes).agree}%`).join(", ")} (${second?.text})`],
  ["On how many statements did more than half pass?", standing("unclear").length],
];
for (const [at, [question, answer]] of questions.entries()) {
  console.log(`${at + 1}. ${question}${flag === "--answers" ? ` ${answer}` : ""}`);
}
