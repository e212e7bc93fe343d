/** Something worked out, and what to do when what it looked at has changed. Once forgotten it is told nothing more. */
export type Node = { again(): void; forgotten: boolean }

/** Something that can be looked at, with those who did. A list and no set: most looks are a node's first at that place. */
export type Look = { readers: Node[]; bound: number }

/** Until so many have looked, those who look no more are not sorted out. */
const least = 64

export function createLook(): Look {
  return { readers: [], bound: least }
}

/** Looks by name, each made when it is first looked at. */
export type Looks = { at(name: string): Look; known(name: string): Look | undefined }

export function createLooks(): Looks {
  const byName = new Map<string, Look>()
  return {
    at(name) {
      const known = byName.get(name)
      if (known !== undefined) return known
      const fresh = createLook()
      byName.set(name, fresh)
      return fresh
    },
    known: (name) => byName.get(name),
  }
}

/** Who looks at what: all that is looked at while something is worked out belongs to it, and to nothing around it. */
export type Looking = {
  look(at: Look): void
  work<Value>(node: Node, work: () => Value): Value
  /** Tells all who looked at one of these. */
  changed(looks: Iterable<Look>): void
}

export function createLooking(): Looking {
  let working: Node | undefined
  return {
    look(at) {
      const node = working
      if (node === undefined) return
      const { readers } = at
      const last = readers.length - 1
      if (readers[last] === node) return
      // A list grows by many places at once, and most looks stay a node's only one.
      if (last < 0) at.readers = [node]
      else if (readers.push(node) > at.bound) sortOut(at)
    },
    work(node, work) {
      const around = working
      working = node
      try {
        return work()
      } finally {
        working = around
      }
    },
    changed(looks) {
      const told = new Set<Node>()
      for (const { readers } of looks) {
        for (const node of readers) if (!node.forgotten) told.add(node)
      }
      for (const node of told) node.again()
    },
  }
}

/** Leaves out who looks no more; next when there are twice as many. */
function sortOut(at: Look): void {
  at.readers = at.readers.filter(({ forgotten }) => !forgotten)
  at.bound = Math.max(least, 2 * at.readers.length)
}
