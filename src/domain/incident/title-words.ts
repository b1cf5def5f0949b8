/** What a text is about: its words without those that say nothing, in one spelling. */
export type TitleWords = {
  /** Words by which one matter is told from another, such as "checkout". */
  readonly telling: ReadonlySet<string>;
  /** Words that most incidents have in common, such as "broken", "users" or "500". */
  readonly common: ReadonlySet<string>;
  /** Neighbours as one word: "log in" is "login". */
  readonly joined: ReadonlySet<string>;
};

/** The words of texts, in any language: without case and accents, plurals as singulars. */
export function wordsOf(...texts: readonly string[]): TitleWords {
  const told = texts.map((text) => wordsIn(text));
  const words = told.flat().filter((word) => !STOP_WORDS.has(word));
  return {
    telling: new Set(words.filter((word) => !isCommon(word))),
    common: new Set(words.filter(isCommon)),
    joined: new Set(
      told.flatMap((all) => all.slice(1).map((word, index) => singular(`${all[index]}${word}`))),
    ),
  };
}

/** Words that both have, be it with a letter wrong or in two words. */
export function sharedTelling(one: TitleWords, other: TitleWords): readonly string[] {
  const told = [...other.telling];
  return [
    ...[...one.telling].filter(
      (word) => other.joined.has(word) || told.some((candidate) => isSame(word, candidate)),
    ),
    ...told.filter((word) => one.joined.has(word)),
  ];
}

/** Whether one says nothing that the other doesn't say: "500 errors" and "500 errors everywhere". */
export function isWithin(one: TitleWords, other: TitleWords): boolean {
  const words = [...one.telling, ...one.common];
  const others = [...other.telling, ...other.common];
  return words.length > 0 && words.every((word) => others.some((candidate) => isSame(word, candidate)));
}

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

const wordsIn = (text: string): readonly string[] =>
  [...segmenter.segment(text)].flatMap(({ segment, isWordLike }) =>
    isWordLike === true ? [singular(plain(segment))] : [],
  );

const plain = (word: string): string =>
  word
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/['’]s$/, '');

function singular(word: string): string {
  if (word.length < 4 || /(ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.replace(/(?<=s|x|z|ch|sh)es$|s$/, '');
}

const LONG_ENOUGH_FOR_A_SLIP = 6;

/** The same word, or a long one with one letter wrong, missing, too much, or two of them swapped. */
function isSame(one: string, other: string): boolean {
  if (one === other) return true;
  if (Math.min(one.length, other.length) < LONG_ENOUGH_FOR_A_SLIP) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end))
    end += 1;
  const [a, b] = [one.slice(start, one.length - end), other.slice(start, other.length - end)];
  return (a.length <= 1 && b.length <= 1) || (a.length === 2 && a === [...b].toReversed().join(''));
}

const isCommon = (word: string): boolean => COMMON.has(word) || /^\p{N}/u.test(word);

const listed = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/).map(singular));

/** They say nothing: in English, and in the languages that teams most often type in beside it. */
const STOP_WORDS = listed(`
  a an and any are as at be been but by can cannot can't could did do does doesn't don't for from had has have
  he her his how i if in into is isn't it its me my no not of on or our out she so some than that the their them then
  there these they this those to too up very was we were what when where which who why will with won't would you your
  all again already also back every just most only since still today now
  der die das den dem des ein eine einen einem und oder ist sind war nicht kein keine im in auf bei mit fur von zu zum
  zur aus seit alle es wir
  le la les un une des du de et ou est sont ne pas plus dans sur pour avec par ce ces au aux
  el los las una y o es son no se en con por para del al que
  il lo gli e di da non per che sono um uma os nao com em`);

/** They are said of nearly every incident, so that they don't tell one from another. */
const COMMON = listed(`
  error fail failed failing failure fault broken break breaking crash crashed crashing down slow slowly slowness dead
  issue problem trouble outage incident bug alert alarm warning urgent critical major minor severe degraded degradation
  unavailable unreachable unresponsive unable impossible wrong bad weird strange high low huge spike increase increased
  drop loss lost hang hanging stuck timeout timing time timed latency response respond responding work working
  load loading happen happening start started stop stopped get getting see seeing show showing report reported
  user customer people client everyone everybody everything everywhere nobody nothing someone many several few
  production prod live staging environment system server service site website page app application web backend frontend
  api http https status code request call minute hour night morning since
  deploy deployed deployment release released rollback version update need help please look
  fehler problem kaputt langsam ausfall geht gehen funktioniert kunde kunden nutzer seite dienst
  erreur panne lent marche fonctionne utilisateur client site
  fallo caido lento funciona usuario cliente pagina errore lento utente erro cliente`);
