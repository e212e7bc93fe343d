/** Something worked out, and what to do when what it looked at has changed. Whoever made it begins at epoch 0. */
export type Node = { again(): void; epoch: number }

/**
 * Something that can be looked at, with those who did: each in the epoch it then was in, so that forgetting is one step.
 * A list and no set: most looks are a node's first at that place.
 */
export type Look = { readers: Node[]; epochs: number[]; bound: number }

/** Until so many have looked, those who look no more are not sorted out. */
const least = 64

export function createLook(): Look {
  return { readers: [], epochs: [], bound: least }
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
  forget(node: Node): void
  /** Tells all who looked at one of these. */
  changed(looks: Iterable<Look>): void
}

export function createLooking(): Looking {
  const working: Node[] = []
  return {
    look(at) {
      const node = working.at(-1)
      if (node === undefined) return
      const { readers, epochs } = at
      const last = readers.length - 1
      if (readers[last] === node && epochs[last] === node.epoch) return
      readers.push(node)
      epochs.push(node.epoch)
      if (readers.length > at.bound) sortOut(at)
    },
    work(node, work) {
      working.push(node)
      try {
        return work()
      } finally {
        working.pop()
      }
    },
    forget(node) {
      node.epoch += 1
    },
    changed(looks) {
      const told = new Set<Node>()
      for (const { readers, epochs } of looks) {
        for (const [index, node] of readers.entries()) if (epochs[index] === node.epoch) told.add(node)
      }
      for (const node of told) node.again()
    },
  }
}

/** Leaves out who looks no more, and who is there twice; next when there are twice as many. */
function sortOut(at: Look): void {
  const still = new Set(at.readers.filter((node, index) => at.epochs[index] === node.epoch))
  at.readers = [...still]
  at.epochs = at.readers.map(({ epoch }) => epoch)
  at.bound = Math.max(least, 2 * at.readers.length)
}
