// What ticks say, in whatever order they came: the same rule as forum/domain/roll_call.py.
// A mark is [person, way, aboard, bus, moment, key].

const isLater = (one, other) => {
  if (one[4] !== other[4]) return one[4] > other[4];
  // Two opposite ticks of one moment: keep looking for the person.
  if (one[2] !== other[2]) return !one[2];
  return one[5] > other[5];
};

export function marksOf(ticks) {
  const found = new Map();
  for (const tick of ticks) {
    const place = `${tick[0]} ${tick[1]}`;
    if (!found.has(place) || isLater(tick, found.get(place))) found.set(place, tick);
  }
  return found;
}

// One bus on one way: who should be in it, who is, who sits in another, who is missing.
export function rollOf(marks, bus, riders, way) {
  const on = (leg) => [...marks.values()].filter((mark) => mark[1] === leg && mark[2]);
  const there = new Map(on("out").map((mark) => [mark[0], mark[3]]));
  let expected = new Set(riders);
  if (way === "back") {
    const came = [...there].filter(([, where]) => where === bus).map(([person]) => person);
    expected = new Set(came.length ? came : riders.filter((person) => !there.has(person)));
  }
  const now = new Map(on(way).map((mark) => [mark[0], mark[3]]));
  const aboard = new Set([...now].filter(([, where]) => where === bus).map(([person]) => person));
  const elsewhere = new Map([...expected].filter((one) => now.has(one) && now.get(one) !== bus).map((one) => [one, now.get(one)]));
  const missing = [...expected].filter((one) => !aboard.has(one) && !elsewhere.has(one));
  return { expected, aboard, elsewhere, missing };
}
