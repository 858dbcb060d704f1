const NAME = /@([A-Za-z0-9._@+-]{1,64})/g;

/** The users that a text names with `@`, out of those who can be named; a full stop after a name is not part of it. */
export function mentionsIn(text, users) {
  const known = new Set(users);
  const named = [...text.matchAll(NAME)].flatMap(([, name]) => [name, name.replace(/[.+-]+$/, '')]);
  return [...new Set(named.filter((name) => known.has(name)))];
}

/** The text in pieces: `{text}`, and `{text, user}` for a mention. */
export function piecesOf(text, mentions = []) {
  const pieces = [];
  let from = 0;
  for (const { 0: whole, 1: name, index } of text.matchAll(NAME)) {
    const user = [name, name.replace(/[.+-]+$/, '')].find((candidate) => mentions.includes(candidate));
    if (user && index >= from) {
      pieces.push({ text: text.slice(from, index) }, { text: `@${user}`, user });
      from = index + whole.length - (name.length - user.length);
    }
  }
  pieces.push({ text: text.slice(from) });
  return pieces.filter((piece) => piece.text);
}
