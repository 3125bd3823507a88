/** What the process follows for its clients, by name: each once, for as long as somebody watches it. */
export class Topics<T> {
  readonly #topics = new Map<string, T>();

  get(name: string): T | undefined {
    return this.#topics.get(name);
  }

  /** The topic of this name; made when there is none. It calls `onIdle` when its last client has left. */
  open(name: string, make: (onIdle: () => void) => T): T {
    const known = this.#topics.get(name);
    if (known) return known;
    const made = make(() => {
      if (this.#topics.get(name) === made) this.#topics.delete(name);
    });
    this.#topics.set(name, made);
    return made;
  }
}
