// What a phone keeps until the forum says that it has it. Every entry has a place of its own, so that two
// windows of one phone never overwrite each other's.

export class Store {
  constructor(name) {
    this.prefix = `roll ${name} entry `;
    this.stateName = `roll ${name} state`;
  }

  add(entry) {
    const bytes = crypto.getRandomValues(new Uint8Array(12));
    entry.key = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    localStorage.setItem(this.prefix + entry.key, JSON.stringify(entry));
    return entry;
  }

  entries() {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(this.prefix))
      .map((name) => JSON.parse(localStorage.getItem(name)))
      .sort((one, other) => one.at - other.at);
  }

  forget(keys) {
    for (const key of keys) localStorage.removeItem(this.prefix + key);
  }

  get state() {
    return JSON.parse(localStorage.getItem(this.stateName) ?? "null");
  }

  set state(state) {
    localStorage.setItem(this.stateName, JSON.stringify(state));
  }

  drop() {
    localStorage.removeItem(this.stateName);
  }
}
